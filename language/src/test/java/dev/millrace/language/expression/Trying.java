package dev.millrace.language.expression;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Scope;
import dev.millrace.language.Template;
import java.time.Instant;
import java.time.ZoneId;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of this package ask: parse, evaluate, say it as JSON. */
final class Trying {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static final JsonNode DATA = json("""
            {"trigger": {"id": "7f", "po_number": "PO-17", "total_amount": 512345.50, "currency": "INR",
              "supplier_name": "Asha Steel", "supplier_email": null, "count": 3, "big": true,
              "due": "2026-11-30", "at": "2026-11-30T20:00:00.000000Z", "empty": "",
              "supplier": {"name": "Asha", "city": null},
              "lines": [{"account": "5100", "amount": 100.10, "tags": ["a"]},
                        {"account": "5200", "amount": 20, "tags": []},
                        {"account": "5100", "amount": 3.05, "tags": ["b", "c"]}],
              "words": ["pear", "Apple", "fig"], "numbers": [3, 1, 2, 1], "notes": {"a": 1}},
             "key": "supplier_name", "hidden": "_id"}""");

    private Trying() {}

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static Scope scope() {
        return scope(DATA);
    }

    static Scope scope(JsonNode data) {
        return new Scope() {
            @Override
            public JsonNode root(String name) {
                return data.path(name);
            }

            @Override
            public Instant now() {
                return Instant.parse("2026-11-24T04:52:55Z");
            }

            @Override
            public ZoneId zone() {
                return ZoneId.of("Asia/Kolkata");
            }

            @Override
            public String currency() {
                return "INR";
            }
        };
    }

    static Expression parsed(String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad -> throw new AssertionError(text + ": " + bad.faults());
        };
    }

    static Fault fault(String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> throw new AssertionError(text + " was accepted");
            case Parsed.Bad<Expression> bad -> bad.faults().getFirst();
        };
    }

    /** JSON on one line, numbers with their digits as written. */
    static String value(String text) {
        JsonNode value = parsed(text).evaluate(scope());
        return JsonText.write(value, 0, new Evaluation(scope()));
    }

    static EvaluationException failure(String text) {
        Expression expression = parsed(text);
        try {
            throw new AssertionError(text + " gave " + expression.evaluate(scope()));
        } catch (EvaluationException failure) {
            return failure;
        }
    }

    static Template template(JsonNode tree) {
        return switch (Expressions.template(tree, path -> path.equals("that"))) {
            case Parsed.Good<Template> good -> good.value();
            case Parsed.Bad<Template> bad -> throw new AssertionError(bad.faults());
        };
    }

    static JsonNode rendered(String text) {
        return template(Values.JSON.stringNode(text)).render(scope());
    }
}
