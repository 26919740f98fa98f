package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.policy.Amount;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How much an action posts or pays, as far as the text says. */
final class Amounts {
    private final Documents documents;
    private final String currency;

    /** @param currency the tenant's own */
    Amounts(Documents documents, String currency) {
        this.documents = documents;
        this.currency = currency;
    }

    /** @param shown for people: where it is read, or what it is */
    record Above(Amount amount, String shown) {}

    /**
     * Empty: it posts and pays nothing, or never more than the limit.
     *
     * @param named the policy names the very action, so that it is meant even if it declares no amount
     */
    Optional<Above> above(ActionUse use, ActionType type, BigDecimal limit, boolean named) {
        Optional<String> of = type.effect().amountOf();
        if (of.isEmpty()) {
            return named ? Optional.of(ofDocument(use, limit)) : Optional.empty();
        }
        String[] parts = of.get().split("\\.", 2);
        if (parts.length == 2 && parts[0].equals("trigger")) {
            return Optional.of(read(List.of("trigger", parts[1]), limit));
        }
        String field = parts[parts.length - 1];
        return switch (ConfigText.of(use, field)) {
            case ConfigText.Literal literal -> literal(literal, use, limit);
            case ConfigText.Path path -> Optional.of(read(path.parts(), limit));
            case ConfigText.Unknown unknown ->
                Optional.of(new Above(new Amount(Set.of(), limit), "an amount that is not known before it runs"));
        };
    }

    private Optional<Above> literal(ConfigText.Literal literal, ActionUse use, BigDecimal limit) {
        Spot given = use.config().key("currency");
        boolean comparable = !given.isGiven() || given.is(currency);
        boolean within = comparable
                && literal.number().filter(n -> n.compareTo(limit) <= 0).isPresent();
        return within
                ? Optional.empty()
                : Optional.of(new Above(
                        new Amount(Set.of(), limit),
                        literal.number()
                                .map(BigDecimal::toPlainString)
                                .orElse(literal.value().asString())));
    }

    /** An action that names no amount does what it does with the whole document. */
    private Above ofDocument(ActionUse use, BigDecimal limit) {
        boolean ofTrigger = documents.of(use).stream().anyMatch(documents.ofTrigger()::contains);
        Set<List<String>> paths = documents.amountsOfTrigger();
        return ofTrigger && !paths.isEmpty()
                ? new Above(
                        new Amount(paths, limit),
                        String.join(".", paths.iterator().next()))
                : new Above(new Amount(Set.of(), limit), "an amount that is not known before it runs");
    }

    /** The same amount may be read in the document's currency or in the tenant's. */
    private Above read(List<String> path, BigDecimal limit) {
        var paths = new LinkedHashSet<List<String>>();
        paths.add(path);
        if (documents.amountsOfTrigger().contains(path)) {
            paths.addAll(documents.amountsOfTrigger());
        }
        return new Above(new Amount(paths, limit), String.join(".", path));
    }
}
