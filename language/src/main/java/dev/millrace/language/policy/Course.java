package dev.millrace.language.policy;

import dev.millrace.language.Expression;
import java.util.List;
import java.util.Optional;

/** The steps of a definition as far as it matters in which order, and whether at all, they run. */
public record Course(List<Point> points) {
    public Course {
        points = List.copyOf(points);
    }

    /**
     * A step.
     *
     * @param dependsOn indices of other points
     * @param conditional it has a condition, though it may not be readable
     * @param passIfSkipped when its condition does not hold, those that depend on it go on
     * @param goesOnAfterFailure when it fails, those that depend on it go on
     */
    public record Point(
            String id,
            List<Integer> dependsOn,
            boolean conditional,
            Optional<Expression> condition,
            boolean passIfSkipped,
            boolean goesOnAfterFailure) {
        public Point {
            dependsOn = List.copyOf(dependsOn);
        }
    }
}
