package dev.millrace.language.expression;

import dev.millrace.language.expression.Node.Call;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of a filter or test, evaluated when asked for, once: what {@code default} proposes is not looked
 * at while the value is there. Numbers are those of the operation's parameters.
 */
public final class Arguments {
    private final Evaluator evaluator;
    private final Call call;
    private final Optional<JsonNode>[] known;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Arguments(Evaluator evaluator, Call call) {
        this.evaluator = evaluator;
        this.call = call;
        this.known = new Optional[call.arguments().size()];
        Arrays.fill(known, Optional.empty());
    }

    Evaluation run() {
        return evaluator.run();
    }

    /** For messages: {@code | round}. */
    String filter() {
        return "| " + call.operation().name();
    }

    /** @return a missing node if undefined or not written */
    JsonNode maybe(int number) {
        JsonNode value = known[number].orElseGet(
                () -> evaluator.evaluate(call.arguments().get(number)));
        known[number] = Optional.of(value);
        run().at(call.offset());
        return value;
    }

    JsonNode get(int number) {
        JsonNode value = maybe(number);
        if (value.isMissingNode()) {
            throw evaluator.undefined(call.arguments().get(number));
        }
        return value;
    }

    boolean given(int number) {
        return call.arguments().get(number).isPresent();
    }

    /** Written and not none. */
    boolean has(int number) {
        return given(number) && !get(number).isNull();
    }

    String text(int number, String otherwise) {
        return has(number) ? text(number) : otherwise;
    }

    String text(int number) {
        if (!get(number).isString()) {
            throw misfit(number, "a text");
        }
        return run().reading(get(number).stringValue());
    }

    boolean flag(int number) {
        return has(number) && Values.truth(get(number));
    }

    int whole(int number, int otherwise) {
        return has(number) ? whole(number) : otherwise;
    }

    int whole(int number) {
        if (!get(number).isNumber()) {
            throw misfit(number, "a whole number");
        }
        BigDecimal value = Numbers.of(get(number), run());
        if (value.stripTrailingZeros().scale() > 0) {
            throw misfit(number, "a whole number");
        }
        BigDecimal limit = BigDecimal.valueOf(Integer.MAX_VALUE);
        return value.min(limit).max(limit.negate()).intValueExact();
    }

    private RuntimeException misfit(int number, String expected) {
        return run().typeError("Expected " + expected + " for "
                + call.operation().parameters().get(number).name() + " of " + filter() + ", but there is "
                + Kind.of(get(number)).words() + "; change that argument");
    }
}
