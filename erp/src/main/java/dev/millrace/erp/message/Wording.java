package dev.millrace.erp.message;

import dev.millrace.engine.Json;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.MessageTemplate.Text;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Scope;
import dev.millrace.language.Template;
import dev.millrace.language.Template.Placed;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the texts of a message template and puts the variables into them. */
public final class Wording {
    private static final String TENANT = "tenant";

    /** In sight without being a variable. */
    private static final Set<String> GIVEN = Set.of(TENANT, "now");

    private static final Pattern VARIABLE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private Wording() {}

    /** A text as it goes out. */
    record Rendered(String subject, String body, List<String> parameters) {
        Rendered {
            parameters = List.copyOf(parameters);
        }
    }

    /** What is wrong with it; empty: it can be saved. */
    public static List<InputProblem> problems(Text text) {
        var problems = new ArrayList<InputProblem>();
        for (int i = 0; i < text.variables().size(); i++) {
            String name = text.variables().get(i);
            if (!VARIABLE.matcher(name).matches() || GIVEN.contains(name)) {
                problems.add(new InputProblem(
                        "out_of_range",
                        "variables[" + i + "]",
                        "Expected a name of lower-case letters, digits and _, other than tenant and now, but got '"
                                + name + "'."));
            }
        }
        switch (Expressions.template(tree(text), path -> false)) {
            case Parsed.Bad<Template> bad -> bad.faults().forEach(fault -> problems.add(problem(fault)));
            case Parsed.Good<Template> good ->
                good.value().expressions().forEach(placed -> problems.addAll(unknown(placed, text.variables())));
        }
        return problems;
    }

    private static InputProblem problem(Fault fault) {
        return new InputProblem(fault.code(), fault.path(), fault.message());
    }

    private static List<InputProblem> unknown(Placed placed, List<String> variables) {
        var known = new HashSet<>(GIVEN);
        known.addAll(variables);
        return placed.expression().references().stream()
                .map(reference -> reference.path().getFirst())
                .filter(name -> !known.contains(name))
                .distinct()
                .map(name -> new InputProblem(
                        "unknown_name",
                        placed.path(),
                        "Expected one of the template's variables " + variables + " at " + placed.path() + " but got '"
                                + name + "': add it to variables, or correct it."))
                .toList();
    }

    private static ObjectNode tree(Text text) {
        ObjectNode tree = Json.object();
        text.subject().ifPresent(subject -> tree.put("subject", subject));
        tree.put("body", text.body());
        text.whatsapp().ifPresent(approved -> {
            ArrayNode parameters = tree.putObject("whatsapp").putArray("parameters");
            approved.parameters().forEach(parameters::add);
        });
        return tree;
    }

    /**
     * @throws ActionFailure {@code template_variable_missing}, {@code template_error}
     */
    static Rendered render(Text text, Map<String, JsonNode> variables, TenantInfo tenant, Instant now) {
        List<String> missing = text.variables().stream()
                .filter(name -> !variables.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw ActionFailure.permanent(
                    "template_variable_missing",
                    "Expected all variables of the message template at variables but these lack: " + missing);
        }
        try {
            JsonNode rendered = parsed(text).render(new VariableScope(variables, tenant, now));
            var parameters = new ArrayList<String>();
            rendered.at("/whatsapp/parameters").forEach(each -> parameters.add(each.asString()));
            return new Rendered(
                    rendered.path("subject").asString(""), rendered.path("body").asString(""), parameters);
        } catch (EvaluationException e) {
            throw ActionFailure.permanent(
                    "template_error", "The message template could not be filled: " + e.getMessage());
        }
    }

    private static Template parsed(Text text) {
        return switch (Expressions.template(tree(text), path -> false)) {
            case Parsed.Good<Template> good -> good.value();
            case Parsed.Bad<Template> bad ->
                throw new IllegalStateException("a message template cannot be read any more: " + bad.faults());
        };
    }

    private record VariableScope(Map<String, JsonNode> variables, TenantInfo tenant, Instant now) implements Scope {
        @Override
        public JsonNode root(String name) {
            return name.equals(TENANT)
                    ? Json.object()
                            .put("id", tenant.id().toString())
                            .put("slug", tenant.slug())
                            .put("name", tenant.name())
                            .put("currency", tenant.currency())
                            .put("country", tenant.country())
                            .put("time_zone", tenant.timeZone().getId())
                            .put("tax_regime", tenant.taxRegime())
                    : variables.getOrDefault(name, MissingNode.getInstance());
        }

        @Override
        public ZoneId zone() {
            return tenant.timeZone();
        }

        @Override
        public String currency() {
            return tenant.currency();
        }
    }
}
