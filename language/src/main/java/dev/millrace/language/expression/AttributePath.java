package dev.millrace.language.expression;

import dev.millrace.language.EvaluationException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code 'amount'}, {@code 'supplier.name'}, {@code 0}: what the attribute of a list filter names in each item. */
public record AttributePath(String written, List<JsonNode> keys) {

    static AttributePath of(JsonNode attribute, Evaluation run) {
        if (attribute.isNumber()) {
            return new AttributePath(Values.text(attribute, run), List.of(attribute));
        }
        if (!attribute.isString()) {
            throw run.typeError("Expected the name of a field as attribute, but there is "
                    + Kind.of(attribute).words() + "; put the name in quotes");
        }
        return of(attribute.stringValue());
    }

    public static AttributePath of(String written) {
        List<JsonNode> keys = new ArrayList<>();
        for (String name : written.split("\\.", -1)) {
            boolean index = !name.isEmpty() && name.length() < 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
            keys.add(index ? Numbers.node(Integer.parseInt(name)) : Values.JSON.stringNode(name));
        }
        return new AttributePath(written, keys);
    }

    /** @return a missing node if the item has no such part */
    JsonNode in(JsonNode item, Evaluation run) {
        JsonNode value = item;
        for (JsonNode key : keys) {
            run.spend(1);
            value = Access.part(value, key, run);
        }
        return value;
    }

    EvaluationException missing(Evaluation run) {
        return run.undefined(written + " is not there in every item of the list; select those that have it first: "
                + "selectattr('" + written + "', 'defined')");
    }
}
