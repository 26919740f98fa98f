package dev.millrace.language.words;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Shape;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import dev.millrace.language.Trigger;
import dev.millrace.language.expression.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Words for the parts of one definition of one tenant. Immutable. */
public final class Wording {
    private final Messages messages;
    private final Definition definition;
    private final Catalogue catalogue;
    private final Names names;
    private final Literals literals;

    /** @param steps how a step is called where another one speaks of it, by its id */
    public Wording(Messages messages, Definition definition, Catalogue catalogue, UnaryOperator<String> steps) {
        this.messages = messages;
        this.definition = definition;
        this.catalogue = catalogue;
        this.names = new Names(messages, catalogue, steps);
        this.literals = new Literals(messages, catalogue.currency(), catalogue.zone());
    }

    /** Steps are called by their titles: “Finance head”. */
    public static Wording byTitle(Messages messages, Definition definition, Catalogue catalogue) {
        Names names = new Names(messages, catalogue, UnaryOperator.identity());
        return new Wording(messages, definition, catalogue, id -> messages.quoted(names.title(id)));
    }

    /** Steps are called by their ids: step finance_head. */
    public static Wording byId(Messages messages, Definition definition, Catalogue catalogue) {
        return new Wording(messages, definition, catalogue, id -> messages.say("step", id));
    }

    public Messages messages() {
        return messages;
    }

    /** A clause: the total amount is more than ₹5,00,000. */
    public String condition(Expression expression) {
        return expressions(Optional.empty(), Shape.FREE).condition(expression);
    }

    /** A noun: the total amount. */
    public String value(Expression expression) {
        return expressions(Optional.empty(), Shape.FREE).value(expression);
    }

    /** A text with templates, or the one value that it is. */
    public String text(JsonNode text) {
        return text.isString()
                ? new TextWords(expressions(Optional.empty(), Shape.FREE)).of(text.stringValue())
                : literals.of(text, Measure.PLAIN);
    }

    /** What an action does. {@code own} is the step in which it stands. */
    public Phrase phrase(String action, Template config, Optional<String> own) {
        return new ActionWords(
                        action, config, catalogue, expressions(own, Shape.FREE), row -> expressions(own, row))
                .phrase();
    }

    public Phrase phrase(Step step) {
        return phrase(step.action(), step.config(), Optional.of(step.id()));
    }

    /** One field of a config, as words that fit into a sentence; empty if it is not given. */
    public Optional<String> field(String action, Template config, String name, Optional<String> own) {
        return new ActionWords(action, config, catalogue, expressions(own, Shape.FREE), row -> expressions(own, row))
                .field(name);
    }

    /** What a field is called at the beginning of a line. */
    public String label(String field) {
        return names.label(field);
    }

    /** The two mean the same, however they are written. */
    public static boolean areSame(Expression one, Expression other) {
        Optional<Node> a = ExpressionWords.tree(one);
        Optional<Node> b = ExpressionWords.tree(other);
        return a.isPresent() && b.isPresent()
                ? Anatomy.same(a.get(), b.get())
                : one.source().equals(other.source());
    }

    /** The numbers that alone tell the two conditions apart; empty if more does. */
    public List<Limit> limits(Expression before, Expression after) {
        return Limits.between(before, after, expressions(Optional.empty(), Shape.FREE));
    }

    private ExpressionWords expressions(Optional<String> own, Shape row) {
        Types types = new Types(definition, catalogue, row);
        return new ExpressionWords(messages, names, types, literals, new PathWords(messages, names, types, own));
    }

    public String duration(Duration duration) {
        return literals.duration(duration);
    }

    /** {@code finance_head}: Finance head. */
    public String title(String name) {
        return names.title(name);
    }

    /** {@code requested_by}: person who asked for it. Without an article. */
    public String field(String name) {
        return names.field(name);
    }

    /** A clause: a purchase order is submitted for approval. */
    public String event(String name) {
        return names.event(name);
    }

    /** What starts it, as a clause: when a purchase order is submitted for approval. */
    public String start(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OnEvent event ->
                messages.say(
                        "clause.when",
                        messages.or(event.events().stream().map(names::event).toList()));
            case Trigger.OnSchedule schedule ->
                messages.say(
                        "clause.schedule",
                        schedule.schedule().words(),
                        schedule.zone().orElse(catalogue.zone()).getId());
            case Trigger.Manual manual -> messages.say("clause.manual");
        };
    }

    /** How the step is called where another one speaks of it. */
    public String step(String id) {
        return names.step(id);
    }

    public static boolean isApproval(Step step) {
        return step.action().equals(Types.APPROVAL);
    }
}
