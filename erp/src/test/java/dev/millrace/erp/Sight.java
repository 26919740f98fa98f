package dev.millrace.erp;

import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What an expression sees: named values at an instant, at a company in India. */
public record Sight(Map<String, JsonNode> values, Instant now) implements Scope {
    public Sight {
        values = Map.copyOf(values);
    }

    static Expression parsed(String expression) {
        return switch (Expressions.expression(expression)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad ->
                throw new AssertionError(expression + ": " + bad.faults().getFirst());
        };
    }

    @Override
    public JsonNode root(String name) {
        return values.getOrDefault(name, MissingNode.getInstance());
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("Asia/Kolkata");
    }

    @Override
    public String currency() {
        return "INR";
    }
}
