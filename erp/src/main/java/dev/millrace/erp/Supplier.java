package dev.millrace.erp;

import java.util.Optional;
import java.util.UUID;

/**
 * Who the company buys from.
 *
 * @param country ISO 3166-1 alpha-2
 * @param phone with the country's code, {@code +919820012345}
 * @param msme {@code none}, {@code micro}, {@code small} or {@code medium}
 */
public record Supplier(
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

    /** Only from an active one may be ordered. */
    public enum Status {
        NEW,
        ACTIVE,
        BLOCKED,
        REJECTED
    }
}
