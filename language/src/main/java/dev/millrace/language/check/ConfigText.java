package dev.millrace.language.check;

import dev.millrace.language.Template;
import dev.millrace.language.check.Outline.ActionUse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a field of a config says: a value that stands there, or a path that is read. */
sealed interface ConfigText {
    /** Nothing, or nothing that can be told before it runs. */
    record Unknown() implements ConfigText {}

    record Literal(JsonNode value) implements ConfigText {
        Optional<BigDecimal> number() {
            try {
                return value.isNumber() || value.isString()
                        ? Optional.of(new BigDecimal(value.asString()))
                        : Optional.empty();
            } catch (NumberFormatException noNumber) {
                return Optional.empty();
            }
        }
    }

    /** {@code {{ trigger.id }}} and nothing else. */
    record Path(List<String> parts) implements ConfigText {
        public Path {
            parts = List.copyOf(parts);
        }
    }

    static ConfigText of(ActionUse use, String field) {
        Spot spot = use.config().key(field);
        if (!spot.isGiven()) {
            return new Unknown();
        }
        if (!spot.node().isString() || !TemplateReader.isTemplate(spot.node().stringValue())) {
            return spot.node().isValueNode() ? new Literal(spot.node()) : new Unknown();
        }
        return use.template()
                .flatMap(template -> path(template, field, spot.node()))
                .orElse(new Unknown());
    }

    private static Optional<ConfigText> path(Template template, String field, JsonNode node) {
        List<Template.Placed> placed = template.expressions().stream()
                .filter(each -> each.path().equals(field))
                .toList();
        String text = node.stringValue().strip();
        if (placed.size() != 1 || !text.startsWith("{{") || !text.endsWith("}}")) {
            return Optional.empty();
        }
        var expression = placed.getFirst().expression();
        String source = expression.source().strip();
        return expression.references().stream()
                .filter(reference -> String.join(".", reference.path()).equals(source))
                .findFirst()
                .map(reference -> new Path(reference.path()));
    }
}
