package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * Who the company sells to.
 *
 * @param stateCode two digits of the Indian state
 * @param country ISO 3166-1 alpha-2
 * @param phone with the country's code, {@code +919820012345}
 * @param creditLimit in the company's currency
 * @param exposure open invoices and confirmed orders that are not invoiced, in the company's currency
 */
public record Customer(
        UUID id,
        String code,
        String name,
        Optional<String> gstin,
        Treatment treatment,
        Optional<String> stateCode,
        String country,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        Optional<String> email,
        Optional<String> phone,
        boolean isKeyAccount,
        BigDecimal creditLimit,
        int creditDays,
        boolean creditHold,
        BigDecimal exposure) {

    /** What a buyer is to the goods and services tax. */
    public enum Treatment {
        REGULAR,
        /** In a special economic zone; has a GSTIN. */
        SEZ,
        OVERSEAS,
        /** Supplies to it count as exports; has a GSTIN. */
        DEEMED_EXPORT
    }
}
