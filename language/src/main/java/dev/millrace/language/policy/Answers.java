package dev.millrace.language.policy;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Outcomes;
import dev.millrace.language.expression.Outcomes.Truth;
import dev.millrace.language.policy.Course.Point;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the conditions of a course come to; each is evaluated once for the same values. */
final class Answers {
    private final Course course;
    private final Map<Integer, Set<List<String>>> questions = new HashMap<>();
    private final Map<Asked, Truth> answers = new HashMap<>();

    private record Asked(int point, Map<List<String>, List<JsonNode>> known) {}

    Answers(Course course) {
        this.course = course;
    }

    /** @param known the values that a path may have, where anything is known of it */
    Truth of(int at, Function<List<String>, Optional<List<JsonNode>>> known) {
        Point point = course.points().get(at);
        if (point.condition().isEmpty()) {
            return point.conditional() ? Truth.OPEN : Truth.YES;
        }
        Expression condition = point.condition().get();
        Map<List<String>, List<JsonNode>> values = new HashMap<>();
        questions
                .computeIfAbsent(at, i -> Outcomes.questions(condition).keySet())
                .forEach(path -> known.apply(path).ifPresent(found -> values.put(path, found)));
        return answers.computeIfAbsent(new Asked(at, values), asked -> Outcomes.of(condition, asked.known()));
    }
}
