package dev.millrace.language.check;

import dev.millrace.language.Expression;
import dev.millrace.language.Expression.Reference;
import dev.millrace.language.Template;
import dev.millrace.language.check.Findings.Stretch;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.expression.Extent;
import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * An expression and where it stands in the document.
 *
 * @param text the whole text that holds it
 * @param offset of the expression within the text
 */
record PlacedExpression(String path, String text, int offset, Expression expression) {

    static PlacedExpression of(Condition condition, Expression expression) {
        int offset = Math.max(0, condition.text().indexOf(expression.source()));
        return new PlacedExpression(condition.path(), condition.text(), offset, expression);
    }

    /** All expressions of a template, in the order of each text. */
    static List<PlacedExpression> of(String config, Template template) {
        var texts = new Texts(template.source());
        var reached = new HashMap<String, Integer>();
        var placed = new ArrayList<PlacedExpression>();
        for (Template.Placed each : template.expressions()) {
            Texts.Placed holder = texts.at(each.path()).orElse(new Texts.Placed(each.path(), ""));
            String text = holder.text();
            String source = each.expression().source();
            int from = reached.getOrDefault(each.path(), 0);
            int offset = Math.max(from, text.indexOf(source, from));
            reached.put(each.path(), offset + source.length());
            placed.add(new PlacedExpression(YamlPath.join(config, holder.path()), text, offset, each.expression()));
        }
        return placed;
    }

    /** There is other text around it, so that none would be written into a text. */
    boolean isAmongText() {
        return text.contains("{{") && !isAlone(text);
    }

    /** The text is one expression and nothing else, so that its value keeps its type. */
    static boolean isAlone(String text) {
        String stripped = text.strip();
        return stripped.startsWith("{{") && stripped.endsWith("}}") && stripped.indexOf("{{", 2) < 0;
    }

    /** A part of the expression. */
    Stretch at(Extent extent) {
        return new Stretch(path, text, offset + extent.offset(), extent.length());
    }

    /** The part of a path that it reads. */
    Stretch part(Reference reference, int part) {
        int from = offset + reference.offset();
        int at = from;
        for (int i = 0; i <= part; i++) {
            int found = text.indexOf(reference.path().get(i), i == 0 ? at : at + 1);
            if (found < 0) {
                return new Stretch(path, text, from, 1);
            }
            at = found;
        }
        return new Stretch(path, text, at, reference.path().get(part).length());
    }
}
