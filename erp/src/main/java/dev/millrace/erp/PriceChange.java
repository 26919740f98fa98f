package dev.millrace.erp;

import dev.millrace.engine.Member;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A selling price that somebody wants from a day on; without tax, in the company's currency.
 *
 * @param oldPrice the item's when it was requested; 0 of what was not sold
 * @param changePercent signed; 100 where there was no price before
 * @param marginPercent what would be left of the new price; empty: nobody knows what the item costs
 * @param decidedBy in words
 * @param inForceAt when the item took the price over; empty: not yet
 */
public record PriceChange(
        UUID id,
        UUID item,
        String itemCode,
        String itemName,
        BigDecimal oldPrice,
        BigDecimal newPrice,
        BigDecimal changePercent,
        Optional<BigDecimal> marginPercent,
        LocalDate effectiveDate,
        Optional<String> reason,
        Member requester,
        Status status,
        Optional<Instant> decidedAt,
        Optional<String> decidedBy,
        Optional<String> decideReason,
        Optional<Instant> inForceAt,
        int version,
        Instant createdAt) {

    public enum Status {
        REQUESTED,
        APPLIED,
        REFUSED
    }
}
