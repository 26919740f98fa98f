package dev.millrace.language.testing;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.Simulated;
import dev.millrace.language.Simulated.Asked;
import dev.millrace.language.Simulated.Ran;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState.Status;
import dev.millrace.language.yaml.YamlPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Compares what a test expects with what came, and says the difference. */
final class Expectations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST = 200;

    private final TestCase test;
    private final Simulated came;
    private final String path;
    private final List<Found> found = new ArrayList<>();

    private Expectations(TestCase test, Simulated came, String path) {
        this.test = test;
        this.came = came;
        this.path = path;
    }

    static List<Found> compare(TestCase test, Simulated came, String path) {
        var expectations = new Expectations(test, came, path);
        if (expectations.startsAsExpected()) {
            expectations.compareRest(test.expect());
        }
        return expectations.found;
    }

    /** Without a word about it, a test expects that the workflow starts. */
    private boolean startsAsExpected() {
        JsonNode starts = test.expect().path("starts");
        boolean expected = starts.isMissingNode() || starts.booleanValue();
        if (expected != came.starts()) {
            String values = came.values().stream()
                    .map(v -> v.path() + " = " + said(v.value()))
                    .collect(Collectors.joining(", "));
            add(
                    path + (starts.isMissingNode() ? "" : ".starts"),
                    expected ? "that the workflow starts" : "that the workflow does not start",
                    (expected ? "it does not: " : "it does: ") + came.reason()
                            + (values.isEmpty() ? "" : " (" + values + ")"));
        }
        return expected == came.starts();
    }

    /** A test that says nothing of the end expects one that is no failure: else a step that broke would go unseen. */
    private void endsWell(JsonNode expect) {
        boolean silent = expect.path("status").isMissingNode() && expect.path("outcome").isMissingNode();
        if (silent && !came.status().equals("completed") && !came.status().equals("cancelled")) {
            String why = came.failed()
                    .map(f -> f.step() + ": " + f.error().code() + ", " + f.error().message())
                    .orElse(came.outcome());
            add(path, "that the workflow does not fail", "it does: " + why);
        }
    }

    private void compareRest(JsonNode expect) {
        if (came.starts()) {
            endsWell(expect);
        }
        if (expect.path("path").isArray()) {
            path(expect.path("path"));
        }
        word(expect, "status", came.status());
        word(expect, "outcome", came.outcome());
        if (expect.path("approvals").isArray()) {
            approvals(expect.path("approvals"));
        }
        for (Map.Entry<String, JsonNode> step : expect.path("steps").properties()) {
            step(step.getKey(), step.getValue());
        }
    }

    private void path(JsonNode expected) {
        List<String> ids =
                expected.values().stream().map(JsonNode::asString).toList();
        if (!ids.equals(came.path())) {
            String why = ids.stream()
                    .filter(id -> !came.path().contains(id))
                    .map(this::whyNot)
                    .collect(Collectors.joining());
            add(path + ".path", "path " + ids, "it went " + came.path() + why);
        }
    }

    private String whyNot(String step) {
        Ran ran = came.units().get(step);
        if (ran == null) {
            return "; " + step + " was not reached";
        }
        return "; " + step + " was " + word(ran.status())
                + ran.skipReason().map(r -> " (" + r + ")").orElse("");
    }

    private void word(JsonNode expect, String key, String actual) {
        if (expect.path(key).isString() && !expect.path(key).stringValue().equals(actual)) {
            String why = came.failed()
                    .map(f -> " (" + f.step() + ": " + f.error().code() + ", " + f.error().message() + ")")
                    .orElse("");
            add(path + "." + key, key + " '" + expect.path(key).stringValue() + "'", "it is '" + actual + "'" + why);
        }
    }

    private void approvals(JsonNode expected) {
        if (expected.size() != came.approvals().size()) {
            String asked = came.approvals().stream()
                    .map(a -> a.step() + " asked " + a.role().or(a::user).orElse(""))
                    .collect(Collectors.joining(", "));
            add(
                    path + ".approvals",
                    expected.size() + " requests for approval",
                    asked.isEmpty() ? "there is none" : "there are " + came.approvals().size() + ": " + asked);
            return;
        }
        for (int n = 0; n < expected.size(); n++) {
            compare(expected.path(n), view(came.approvals().get(n)), YamlPath.item(path + ".approvals", n));
        }
    }

    private void step(String id, JsonNode expected) {
        String at = YamlPath.key(path + ".steps", id);
        compare(expected, Optional.ofNullable(came.units().get(id)).map(Expectations::view).orElse(NOT_RUN), at);
    }

    private static final ObjectNode NOT_RUN =
            JSON.objectNode().put("status", "not_run").put("attempts", 0);

    private void compare(JsonNode expected, JsonNode actual, String at) {
        for (Matching.Mismatch mismatch : Matching.compare(expected, actual, at)) {
            String why = mismatch.path().endsWith(".status") ? because(actual) : "";
            String got = mismatch.actual().isMissingNode() ? "there is none" : "it is " + said(mismatch.actual()) + why;
            add(mismatch.path(), said(mismatch.expected()), got);
        }
    }

    /** A failed step says more than a status. */
    private static String because(JsonNode unit) {
        JsonNode error = unit.path("error");
        String skipped = unit.path("skip_reason").asString("");
        if (error.isObject()) {
            return " (" + error.path("code").asString() + ": "
                    + error.path("message").asString() + ")";
        }
        return skipped.isEmpty() ? "" : " (" + skipped + ")";
    }

    private void add(String at, String expected, String actual) {
        found.add(new Found.Fault(
                ProblemCode.TEST_FAILED,
                at,
                "Expected " + cut(expected) + " in test '" + cut(test.name()) + "' but " + cut(actual) + "."));
    }

    private static ObjectNode view(Asked asked) {
        ObjectNode view = JSON.objectNode();
        view.put("step", asked.step());
        view.put("role", asked.role().orElse(null));
        view.put("user", asked.user().orElse(null));
        view.set("amount", asked.amount().<JsonNode>map(DecimalNode::valueOf).orElse(JSON.nullNode()));
        view.put("currency", asked.currency().orElse(null));
        view.put("message", asked.message().orElse(null));
        view.set("level", DecimalNode.valueOf(BigDecimal.valueOf(asked.level())));
        view.put("decision", asked.status());
        view.put("by", asked.decidedBy().orElse(null));
        view.put("comment", asked.comment().orElse(null));
        return view;
    }

    private static ObjectNode view(Ran ran) {
        ObjectNode view = JSON.objectNode();
        view.put("status", word(ran.status()));
        view.put("skip_reason", ran.skipReason().orElse(null));
        view.set("attempts", DecimalNode.valueOf(BigDecimal.valueOf(ran.attempts())));
        ran.input().ifPresent(input -> view.set("input", input));
        view.set("output", ran.output());
        ran.error().ifPresent(error -> view.set("error", view(error)));
        return view;
    }

    private static ObjectNode view(StepError error) {
        ObjectNode view = JSON.objectNode();
        view.put("code", error.code()).put("message", error.message());
        view.setAll(error.details());
        return view;
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String said(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "none";
            case STRING -> "'" + value.stringValue() + "'";
            case NUMBER -> value.decimalValue().toPlainString();
            case ARRAY, OBJECT, BOOLEAN, BINARY, POJO -> value.toString();
        };
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
