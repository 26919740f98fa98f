package dev.millrace.erp.gst;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a registered document is cancelled, by the portal's numbers. */
public enum CancelReason {
    @JsonProperty("1")
    DUPLICATE("1"),
    @JsonProperty("2")
    DATA_ENTRY_MISTAKE("2"),
    @JsonProperty("3")
    ORDER_CANCELLED("3"),
    @JsonProperty("4")
    OTHER("4");

    private final String number;

    CancelReason(String number) {
        this.number = number;
    }

    /** The portal's number: what a definition writes. */
    @Override
    public String toString() {
        return number;
    }

    /** {@code order cancelled}. */
    String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
