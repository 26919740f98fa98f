package dev.millrace.language.policy;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Outcomes;
import dev.millrace.language.expression.Outcomes.Truth;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What can be said of a condition without the values that it reads. */
public final class Conditions {
    private static final Amount ANY = new Amount(Set.of(), BigDecimal.ZERO);

    private Conditions() {}

    /** True: it does not hold whatever it reads, {@code trigger.n > 10 and trigger.n < 5}. */
    public static boolean neverHolds(Expression condition) {
        return Worlds.of(List.of(condition, condition), ANY, Worlds.MANY).all().stream()
                .allMatch(world -> Outcomes.of(condition, known(world)) == Truth.NO);
    }

    private static Map<List<String>, List<JsonNode>> known(Map<List<String>, JsonNode> world) {
        var known = new HashMap<List<String>, List<JsonNode>>();
        world.forEach((path, value) -> known.put(path, List.of(value)));
        return known;
    }
}
