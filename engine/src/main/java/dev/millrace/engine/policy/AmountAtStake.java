package dev.millrace.engine.policy;

import dev.millrace.language.ActionType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How much an action is about to post or pay, in the company's own currency. */
final class AmountAtStake {
    /** The fields of an event that say how much its document is about, the one in the company's currency first. */
    private static final List<String> OF_DOCUMENT = List.of("amount_base", "total_amount", "amount");

    private AmountAtStake() {}

    /** It does what it does with a whole document, rather than with an amount of its own. */
    static boolean isOfDocument(ActionType action) {
        return action.effect()
                .amountOf()
                .map(of -> OF_DOCUMENT.stream().anyMatch(field -> of.equals("trigger." + field)))
                .orElse(true);
    }

    /** That of a document as approvers see it; empty where it names none. */
    static Optional<BigDecimal> of(ObjectNode document) {
        JsonNode amount = document.path("amount_base");
        try {
            return amount.isString() ? Optional.of(new BigDecimal(amount.stringValue())) : number(amount);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Empty: it cannot be told, so it may be any amount.
     *
     * @param input the config as it was rendered
     * @param currency the company's own
     */
    static Optional<BigDecimal> of(ActionType action, ObjectNode input, ObjectNode trigger, String currency) {
        Optional<String> declared = action.effect().amountOf();
        if (declared.isEmpty()) {
            return ofDocument(trigger, currency);
        }
        String[] parts = declared.get().split("\\.", 2);
        if (parts.length == 2 && parts[0].equals("trigger")) {
            return OF_DOCUMENT.contains(parts[1]) ? ofDocument(trigger, currency) : read(trigger, parts[1], currency);
        }
        return read(input, parts[parts.length - 1], currency);
    }

    private static Optional<BigDecimal> ofDocument(ObjectNode trigger, String currency) {
        Optional<BigDecimal> own = number(trigger.path(OF_DOCUMENT.getFirst()));
        return own.isPresent()
                ? own
                : OF_DOCUMENT.stream()
                        .skip(1)
                        .flatMap(field -> read(trigger, field, currency).stream())
                        .findFirst();
    }

    /** An amount in another currency cannot be compared. */
    private static Optional<BigDecimal> read(ObjectNode from, String field, String currency) {
        JsonNode given = from.path("currency");
        boolean comparable = !given.isString() || given.stringValue().equals(currency);
        return comparable ? number(from.path(field)) : Optional.empty();
    }

    private static Optional<BigDecimal> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
    }
}
