package dev.millrace.language.typing;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The currency of an amount, as far as the names of fields tell it.
 *
 * <p>A document with a field {@code currency} has its amounts in that currency, but for those whose name ends with
 * {@code _base} and what the company keeps of a party across documents (limits, exposure, expected spend). Events and
 * rows without {@code currency} are in the tenant's own.
 *
 * @param ofDocument in the currency of the document; else in the tenant's own
 * @param base the field of the document that holds the amount in the tenant's currency
 */
public record Unit(boolean ofDocument, Optional<String> base) {
    static final Unit TENANT = new Unit(false, Optional.empty());

    private static final Set<String> OF_PARTY =
            Set.of("credit_limit", "credit_exposure", "exposure", "over_limit_by", "expected_annual_spend");
    private static final Set<String> WORDS = Set.of(
            "amount",
            "value",
            "price",
            "total",
            "cost",
            "spend",
            "tax",
            "payment",
            "payable",
            "paid",
            "balance",
            "debit",
            "credit",
            "cgst",
            "sgst",
            "igst",
            "limit",
            "exposure");

    static boolean isAmount(String field) {
        boolean ratio = field.contains("percent") || field.contains("rate") || field.contains("tolerance");
        return !ratio
                && (OF_PARTY.contains(field)
                        || List.of(field.split("_", -1)).stream().anyMatch(WORDS::contains));
    }

    static boolean isAlwaysTenants(String field) {
        return field.endsWith("_base") || OF_PARTY.contains(field);
    }

    /** In a part of the document, which has no such field. */
    Unit withoutBase() {
        return new Unit(ofDocument, Optional.empty());
    }

    /** Of a value that is one or the other, or the sum of both. */
    static Optional<Unit> of(Optional<Unit> a, Optional<Unit> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.or(() -> b);
        }
        return a.get().ofDocument() == b.get().ofDocument() ? a : Optional.empty();
    }
}
