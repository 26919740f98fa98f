package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who the company buys from.
 *
 * @param pan the Indian permanent account number, ten characters
 * @param country ISO 3166-1 alpha-2
 * @param phone with the country's code, {@code +919820012345}
 * @param msme {@code none}, {@code micro}, {@code small} or {@code medium}
 * @param udyamNo of a micro, small or medium enterprise, {@code UDYAM-MH-01-0012345}
 * @param category spend area
 * @param expectedAnnualSpend in the company's currency
 * @param statusReason why it is blocked or rejected
 * @param requestedBy the member who entered it; empty: it was brought in
 */
public record Supplier(
        UUID id,
        String code,
        String name,
        Optional<String> gstin,
        Optional<String> pan,
        Optional<String> stateCode,
        String country,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        Optional<String> email,
        Optional<String> phone,
        String currency,
        int paymentTermsDays,
        String msme,
        Optional<String> udyamNo,
        Optional<String> category,
        Optional<BigDecimal> expectedAnnualSpend,
        Status status,
        Optional<String> statusReason,
        Bank bank,
        Optional<UUID> requestedBy,
        int version) {

    /** As one is brought in that the company has bought from before: nothing of its bank has changed since. */
    public Supplier(
            UUID id,
            String code,
            String name,
            Optional<String> gstin,
            Optional<String> stateCode,
            String country,
            Optional<String> city,
            Optional<String> pin,
            Optional<String> email,
            Optional<String> phone,
            String currency,
            int paymentTermsDays,
            String msme,
            Status status) {
        this(
                id,
                code,
                name,
                gstin,
                Optional.empty(),
                stateCode,
                country,
                Optional.empty(),
                city,
                pin,
                email,
                phone,
                currency,
                paymentTermsDays,
                msme,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                status,
                Optional.empty(),
                new Bank(Optional.empty(), true, Optional.empty()),
                Optional.empty(),
                1);
    }

    /** Only from an active one may be ordered. */
    public enum Status {
        NEW,
        ACTIVE,
        BLOCKED,
        REJECTED
    }

    /**
     * What everybody may know of where the money goes.
     *
     * @param last4 of the account's number; empty: none is known
     * @param verified somebody has asked the supplier since they last changed; else nothing is paid there
     */
    public record Bank(Optional<String> last4, boolean verified, Optional<Instant> changedAt) {}
}
