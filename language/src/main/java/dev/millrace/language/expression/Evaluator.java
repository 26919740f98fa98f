package dev.millrace.language.expression;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.expression.Node.Call;
import dev.millrace.language.expression.Node.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates a syntax tree. {@code evaluate} may give a missing node, {@code value} never does. */
final class Evaluator {
    private final Evaluation run;

    Evaluator(Evaluation run) {
        this.run = run;
    }

    Evaluation run() {
        return run;
    }

    JsonNode value(Node node) {
        JsonNode value = evaluate(node);
        if (Kind.of(value) == Kind.UNDEFINED) {
            throw undefined(Optional.of(node));
        }
        return value;
    }

    JsonNode evaluate(Optional<Node> node) {
        return node.isPresent() ? evaluate(node.get()) : MissingNode.getInstance();
    }

    JsonNode evaluate(Node node) {
        run.spend(1);
        return switch (node) {
            case Node.Constant constant -> constant.value();
            case Node.Name name -> root(name);
            case Node.Access access -> access(access);
            case Node.Slice slice -> slice(slice);
            case Node.ListOf list -> list(list);
            case Node.MapOf map -> map(map);
            case Node.Signed signed -> signed(signed);
            case Node.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Node.Concat concat -> concat(concat);
            case Node.Comparison comparison -> BooleanNode.valueOf(compare(comparison));
            case Node.Not not -> BooleanNode.valueOf(!truth(not.operand()));
            case Node.And and -> {
                JsonNode left = value(and.left());
                yield Values.truth(left) ? evaluate(and.right()) : left;
            }
            case Node.Or or -> {
                JsonNode left = value(or.left());
                yield Values.truth(left) ? left : evaluate(or.right());
            }
            case Node.Choice choice ->
                truth(choice.condition()) ? evaluate(choice.then()) : evaluate(choice.otherwise());
            case Node.Filtered filtered -> call(filtered.filter(), filtered.target());
            case Node.Tested tested ->
                BooleanNode.valueOf(tested.negated() != Values.truth(call(tested.test(), tested.target())));
            case Node.MappedAttribute mapped -> mapAttribute(mapped);
            case Node.MappedFilter mapped -> mapFilter(mapped);
            case Node.Picked picked -> pick(picked);
        };
    }

    boolean truth(Node node) {
        return Values.truth(value(node));
    }

    private JsonNode root(Node.Name name) {
        if (name.name().equals("now")) {
            return run.text(Dates.text(run.scope().now()));
        }
        return run.scope().root(name.name());
    }

    private JsonNode access(Node.Access access) {
        JsonNode target = value(access.target());
        JsonNode key = value(access.key());
        run.at(access.offset());
        if (target.isNull()) {
            String path = Paths.of(access.target());
            throw run.undefined("Expected a map or a list at " + path + ", but it is none, so there is no "
                    + Paths.of(access) + "; write " + Paths.of(access) + " if " + path + " is not none else …");
        }
        return Access.part(target, key, run);
    }

    private JsonNode slice(Node.Slice slice) {
        JsonNode target = value(slice.target());
        JsonNode from = bound(slice.from());
        JsonNode to = bound(slice.to());
        JsonNode step = bound(slice.step());
        run.at(slice.offset());
        return Access.slice(target, from, to, step, run);
    }

    private JsonNode bound(Optional<Node> node) {
        return node.isPresent() ? value(node.get()) : NullNode.getInstance();
    }

    private JsonNode list(Node.ListOf list) {
        ArrayNode items = Values.JSON.arrayNode();
        for (Node item : list.items()) {
            items.add(value(item));
        }
        return items;
    }

    private JsonNode map(Node.MapOf map) {
        ObjectNode fields = Values.map();
        for (Node.Entry entry : map.entries()) {
            JsonNode key = value(entry.key());
            if (!key.isString()) {
                run.at(entry.key().offset());
                throw run.typeError("Expected a text as key of a map, but there is "
                        + Kind.of(key).words() + "; put it in quotes");
            }
            fields.set(key.stringValue(), value(entry.value()));
        }
        return fields;
    }

    private JsonNode signed(Node.Signed signed) {
        JsonNode operand = value(signed.operand());
        run.at(signed.offset());
        return Operators.sign(signed.negative(), operand, run);
    }

    private JsonNode arithmetic(Node.Arithmetic arithmetic) {
        JsonNode left = value(arithmetic.left());
        JsonNode right = value(arithmetic.right());
        run.at(arithmetic.offset());
        return Operators.apply(arithmetic.operator(), left, right, run);
    }

    private JsonNode concat(Node.Concat concat) {
        StringBuilder text = new StringBuilder();
        for (Node part : concat.parts()) {
            JsonNode value = value(part);
            run.at(concat.offset());
            run.append(text, Values.text(value, run));
        }
        return run.text(text.toString());
    }

    private boolean compare(Node.Comparison comparison) {
        JsonNode left = value(comparison.first());
        for (Link link : comparison.links()) {
            JsonNode right = value(link.right());
            run.at(link.offset());
            if (!Comparisons.holds(link.relation(), left, right, run)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private JsonNode call(Call call, Node target) {
        JsonNode value = call.operation().acceptsUndefined() ? evaluate(target) : value(target);
        return apply(call, new Arguments(this, call), value);
    }

    private JsonNode apply(Call call, Arguments arguments, JsonNode value) {
        run.at(call.offset());
        if (Kind.of(value) == Kind.UNDEFINED && !call.operation().acceptsUndefined()) {
            throw run.undefined("Expected a value " + arguments.filter() + " can use in every item, but one has none; "
                    + "select those that have it first: selectattr('field', 'defined')");
        }
        return call.operation().body().apply(value, arguments);
    }

    private JsonNode mapAttribute(Node.MappedAttribute mapped) {
        JsonNode target = value(mapped.target());
        AttributePath path = AttributePath.of(value(mapped.attribute()), run);
        List<JsonNode> values = new ArrayList<>();
        run.at(mapped.offset());
        for (JsonNode item : Values.items(target, "before | map", run)) {
            JsonNode value = path.in(item, run);
            boolean missing = value.isMissingNode();
            if (missing && mapped.otherwise().isEmpty()) {
                throw path.missing(run);
            }
            values.add(missing ? value(mapped.otherwise().get()) : value);
        }
        return Values.list(values);
    }

    private JsonNode mapFilter(Node.MappedFilter mapped) {
        JsonNode target = value(mapped.target());
        Arguments arguments = new Arguments(this, mapped.filter());
        run.at(mapped.offset());
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode item : Values.items(target, "before | map", run)) {
            JsonNode value = apply(mapped.filter(), arguments, item);
            if (value.isMissingNode()) {
                throw run.undefined("Expected | " + mapped.filter().operation().name()
                        + " to give a value for every item, but an item is empty; select the others first");
            }
            values.add(value);
        }
        return Values.list(values);
    }

    private JsonNode pick(Node.Picked picked) {
        JsonNode target = value(picked.target());
        Optional<AttributePath> path = picked.attribute().map(node -> AttributePath.of(value(node), run));
        Optional<Arguments> arguments = picked.test().map(test -> new Arguments(this, test));
        run.at(picked.offset());
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode item : Values.items(target, "before | select or reject", run)) {
            JsonNode asked = path.isPresent() ? path.get().in(item, run) : item;
            if (asked.isMissingNode() && picked.test().isEmpty()) {
                throw path.orElseThrow().missing(run);
            }
            boolean holds = picked.test().isPresent()
                    ? Values.truth(apply(picked.test().get(), arguments.orElseThrow(), asked))
                    : Values.truth(asked);
            if (holds == picked.keep()) {
                kept.add(item);
            }
        }
        return Values.list(kept);
    }

    /** Looks again at what holds the missing part: only an error needs to name what there is. */
    EvaluationException undefined(Optional<Node> node) {
        String message = switch (node.orElse(new Node.ListOf(List.of(), 0))) {
            case Node.Name name -> name.name() + " is not there: no such name is in sight here; check the spelling";
            case Node.Access access -> missing(access);
            case Node.Choice choice ->
                "The value of an 'if' without 'else' is not there, as its condition is false; add else …";
            default -> "The value is not there; give it one with | default(…)";
        };
        node.ifPresent(at -> run.at(at.offset()));
        return run.undefined(message);
    }

    private String missing(Node.Access access) {
        String path = Paths.of(access);
        return path + " is not there; " + Paths.of(access.target()) + " " + Paths.contents(value(access.target()))
                + ". Check the spelling, or write " + path + " | default(…) if it may be missing";
    }
}
