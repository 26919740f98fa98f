package dev.millrace.language.difference;

import dev.millrace.language.Concurrency;
import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.ForEach;
import dev.millrace.language.Handlers;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds steps whose id alone changed, and gives them their later ids. */
final class Renames {
    private final String from;
    private final String to;
    private final Pattern reference;

    private Renames(String from, String to) {
        this.from = from;
        this.to = to;
        this.reference = Pattern.compile("\\bsteps\\s*(?:\\.\\s*" + from + "\\b|\\[\\s*(['\"])" + from + "\\1\\s*\\])");
    }

    /** @param renamed takes the earlier ids by the later ones */
    static Definition apply(Definition before, Definition after, Map<String, String> renamed) {
        Definition current = before;
        Optional<Renames> next = next(current, after);
        while (next.isPresent()) {
            renamed.put(next.get().to, next.get().from);
            current = next.get().rename(current);
            next = next(current, after);
        }
        return current;
    }

    private static Optional<Renames> next(Definition before, Definition after) {
        for (Step old : before.steps()) {
            if (after.step(old.id()).isEmpty()) {
                for (Step step : after.steps()) {
                    Renames rename = new Renames(old.id(), step.id());
                    if (before.step(step.id()).isEmpty() && rename.fits(old, step)) {
                        return Optional.of(rename);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean fits(Step old, Step step) {
        Step moved = rename(old);
        return moved.action().equals(step.action())
                && Set.copyOf(moved.dependsOn()).equals(Set.copyOf(step.dependsOn()))
                && moved.config().source().equals(step.config().source())
                && source(moved.condition()).equals(source(step.condition()))
                && source(moved.forEach().map(ForEach::list)).equals(source(step.forEach().map(ForEach::list)))
                && moved.passIfSkipped() == step.passIfSkipped()
                && moved.timeout().equals(step.timeout())
                && moved.retry().equals(step.retry())
                && StepChanges.entries(moved).equals(StepChanges.entries(step));
    }

    private static Optional<String> source(Optional<Expression> expression) {
        return expression.map(Expression::source);
    }

    private Definition rename(Definition definition) {
        return new Definition(
                definition.name(),
                definition.description(),
                definition.enabled(),
                definition.trigger(),
                definition.concurrency().map(c -> new Concurrency(rename(c.key()), c.onConflict())),
                definition.steps().stream().map(this::rename).toList(),
                rename(definition.onFailure()));
    }

    private Step rename(Step step) {
        return new Step(
                step.id().equals(from) ? to : step.id(),
                step.action(),
                step.dependsOn().stream().map(id -> id.equals(from) ? to : id).toList(),
                step.condition().map(this::rename),
                step.forEach().map(each -> new ForEach(rename(each.list()), each.maxParallel())),
                step.passIfSkipped(),
                rename(step.config()),
                step.output(),
                step.timeout(),
                step.retry(),
                step.onTimeout().stream()
                        .map(d -> new Deadline(d.after(), d.action(), rename(d.config()), d.thenContinue()))
                        .toList(),
                rename(step.onError()));
    }

    private Handlers rename(Handlers handlers) {
        return new Handlers(
                handlers.list().stream()
                        .map(handler -> new Handlers.Handler(handler.action(), rename(handler.config())))
                        .toList(),
                handlers.thenContinue());
    }

    private String rename(String text) {
        return reference.matcher(text).replaceAll(Matcher.quoteReplacement("steps." + to));
    }

    private Expression rename(Expression expression) {
        return switch (Expressions.expression(rename(expression.source()))) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad -> expression;
        };
    }

    /** Expressions without braces are texts here: only the tree as written is looked at. */
    private Template rename(Template template) {
        return switch (Expressions.template(rename(template.source()), path -> false)) {
            case Parsed.Good<Template> good -> good.value();
            case Parsed.Bad<Template> bad -> template;
        };
    }

    private JsonNode rename(JsonNode node) {
        if (node.isString()) {
            return JsonNodeFactory.instance.stringNode(rename(node.stringValue()));
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            List.copyOf(node.values()).forEach(item -> list.add(rename(item)));
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> map.set(field.getKey(), rename(field.getValue())));
        return map;
    }
}
