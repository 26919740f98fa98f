package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Durations;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Template;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.check.Outline.ConfigOutline;
import dev.millrace.language.check.Outline.DeadlineOutline;
import dev.millrace.language.check.Outline.HandlersOutline;
import dev.millrace.language.check.Outline.Literal;
import dev.millrace.language.check.Outline.StepOutline;
import dev.millrace.language.check.Outline.TriggerOutline;
import dev.millrace.language.check.Outline.Where;
import dev.millrace.language.yaml.YamlPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what can be read; reports faults of templates and durations, and leaves the rest to the rules. */
final class OutlineReader {
    private static final Pattern DURATION = Pattern.compile(Durations.PATTERN);

    private final Catalogue catalogue;
    private final Findings findings;
    private final TemplateReader templates;

    OutlineReader(Catalogue catalogue, Findings findings) {
        this.catalogue = catalogue;
        this.findings = findings;
        this.templates = new TemplateReader(findings);
    }

    Outline read(Spot workflow) {
        var steps = new ArrayList<StepOutline>();
        workflow.key("steps").items().forEach(spot -> steps.add(step(spot, steps.size())));
        return new Outline(
                workflow,
                trigger(workflow.key("trigger")),
                concurrencyKey(workflow.key("concurrency").key("key")),
                steps,
                handlers(workflow.key("on_failure"), Where.ON_FAILURE));
    }

    private TriggerOutline trigger(Spot trigger) {
        return new TriggerOutline(trigger, trigger.key("event").oneOrItems(), condition(trigger.key("condition")));
    }

    private StepOutline step(Spot step, int index) {
        var deadlines =
                step.key("on_timeout").oneOrItems().stream().map(this::deadline).toList();
        duration(step.key("retry").key("initial_delay"));
        duration(step.key("retry").key("max_delay"));
        return new StepOutline(
                index,
                step,
                step.key("id").text(),
                step.key("depends_on").oneOrItems(),
                condition(step.key("condition")),
                forEach(step.key("for_each")),
                use(step, Where.STEP),
                duration(step.key("timeout")),
                deadlines,
                handlers(step.key("on_error"), Where.ON_ERROR));
    }

    private DeadlineOutline deadline(Spot deadline) {
        return new DeadlineOutline(
                deadline,
                duration(deadline.key("after")),
                use(deadline, Where.ON_TIMEOUT),
                deadline.key("then").is("continue"));
    }

    private HandlersOutline handlers(Spot handlers, Where where) {
        if (handlers.is("continue")) {
            return new HandlersOutline(List.of(), true);
        }
        boolean block = handlers.key("do").isGiven() || handlers.key("then").isGiven();
        Spot list = block ? handlers.key("do") : handlers;
        var uses = list.oneOrItems().stream()
                .filter(spot -> spot.node().isObject())
                .map(spot -> use(spot, where))
                .toList();
        return new HandlersOutline(uses, handlers.key("then").is("continue"));
    }

    private Optional<Duration> duration(Spot spot) {
        Optional<String> text = spot.text().filter(t -> DURATION.matcher(t).matches());
        Optional<Duration> duration = text.flatMap(Durations::parse);
        boolean tooLong = text.isPresent() && duration.isEmpty();
        boolean tooShort =
                duration.filter(Duration::isZero).isPresent() && !spot.path().endsWith(".initial_delay");
        if (tooLong || tooShort) {
            findings.error(
                    ProblemCode.OUT_OF_RANGE,
                    spot.path(),
                    Say.expected(
                            "a duration from one second to ten years", spot.shown(), spot.node(), Optional.empty()));
        }
        return duration;
    }

    private Optional<Condition> condition(Spot spot) {
        if (spot.node().isBoolean()) {
            return Optional.of(templates.expression(spot.path(), spot.node().asString()));
        }
        return spot.text().map(text -> templates.expression(spot.path(), text));
    }

    /** A list written out is an expression too: JSON is one. */
    private Optional<Condition> forEach(Spot spot) {
        if (spot.node().isArray()) {
            return Optional.of(templates.expression(spot.path(), spot.node().toString()));
        }
        return spot.text().map(text -> templates.expression(spot.path(), text));
    }

    private Optional<Template> concurrencyKey(Spot key) {
        return key.text().isPresent() ? templates.template(key, Set.of()) : Optional.empty();
    }

    private ActionUse use(Spot holder, Where where) {
        Spot action = holder.key("action");
        Spot config = holder.key("config");
        Optional<ActionType> type = action.text().map(catalogue.actions()::get);
        boolean readable = config.node().isObject() || !config.isGiven();
        if (!readable) {
            return new ActionUse(where, action, type, config, ConfigOutline.NONE, Optional.empty());
        }
        ObjectNode fields = withoutNotes(config);
        ConfigOutline outline = type.map(t -> outline(config, fields, t)).orElse(ConfigOutline.NONE);
        Set<String> expressionPaths =
                outline.expressions().stream().map(Condition::path).collect(Collectors.toSet());
        Optional<Template> template = templates.template(new Spot(config.path(), fields), expressionPaths);
        return new ActionUse(where, action, type, config, outline, template);
    }

    /** Keys that begin with {@code x-} are notes of the author; no action sees them. */
    private static ObjectNode withoutNotes(Spot config) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        config.node().properties().stream()
                .filter(entry -> !entry.getKey().startsWith("x-"))
                .forEach(entry -> fields.set(entry.getKey(), entry.getValue()));
        return fields;
    }

    private ConfigOutline outline(Spot config, ObjectNode fields, ActionType type) {
        var literals = new ArrayList<Literal>();
        var watch = new ShapeFit.Watch() {
            @Override
            public boolean isTemplate(String text) {
                return TemplateReader.isTemplate(text);
            }

            @Override
            public void literal(Scalar scalar, String path, String text) {
                literals.add(new Literal(scalar, path, text));
            }
        };
        ShapeFit.Fit fit = ShapeFit.fit(fields, type.config(), watch);
        List<Condition> expressions = literals.stream()
                .filter(l -> l.type() == Scalar.EXPRESSION)
                .map(l -> templates.expressionField(YamlPath.join(config.path(), l.path()), l.text()))
                .toList();
        return new ConfigOutline(fit.found(), literals, expressions);
    }
}
