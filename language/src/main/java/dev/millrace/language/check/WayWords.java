package dev.millrace.language.check;

import dev.millrace.language.Expression;
import dev.millrace.language.Money;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.check.Outline.StepOutline;
import dev.millrace.language.policy.Way;
import dev.millrace.language.policy.Way.Stop;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;

/** Spells a way step by step: "trigger → match → pay (when trigger.total_amount &lt; 500000)". */
final class WayWords {
    private final Outline outline;
    private final String currency;

    WayWords(Outline outline, String currency) {
        this.outline = outline;
        this.currency = currency;
    }

    String spelled(Way way) {
        String stops = way.stops().stream().map(this::stop).collect(Collectors.joining(" → "));
        String amount = way.amount().map(a -> " (such as " + money(a) + ")").orElse("");
        return "trigger" + amount + " → " + stops;
    }

    String money(BigDecimal amount) {
        return Money.text(amount, currency).orElse(amount.toPlainString());
    }

    private String stop(Stop stop) {
        StepOutline step = outline.steps().get(stop.point());
        String id = step.id().orElse("steps[" + step.index() + "]");
        Optional<String> condition =
                step.condition().flatMap(Condition::expression).map(Expression::source);
        return switch (stop.mode()) {
            case RUNS -> id + condition.map(c -> " (when " + c + ")").orElse("");
            case PASSED_OVER -> id + " (passed over when " + condition.orElse("its condition") + " does not hold)";
            case FAILED_AND_WENT_ON -> id + " (refused or failed, and on_error goes on)";
        };
    }
}
