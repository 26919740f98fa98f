package dev.millrace.erp.core;

import dev.millrace.erp.InputProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes down everything that is wrong with what was sent in. */
public final class InputProblems {
    private static final int TEXT_MOST = 200;

    private final List<InputProblem> found = new ArrayList<>();

    public void add(String code, String path, String message) {
        found.add(new InputProblem(code, path, message));
    }

    public void add(InputProblem problem) {
        found.add(problem);
    }

    public int count() {
        return found.size();
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<InputProblem> all() {
        return List.copyOf(found);
    }

    /**
     * @param leastToo the least may be it, too
     */
    public void number(
            String path, BigDecimal value, int decimals, BigDecimal least, boolean leastToo, BigDecimal most) {
        int order = value.compareTo(least);
        if (order < 0 || (order == 0 && !leastToo) || value.compareTo(most) > 0) {
            add(
                    "out_of_range",
                    path,
                    "Expected a number %s %s and at most %s at %s but got %s"
                            .formatted(
                                    leastToo ? "from" : "above",
                                    least.toPlainString(),
                                    most.toPlainString(),
                                    path,
                                    value));
        } else if (value.stripTrailingZeros().scale() > decimals) {
            add(
                    "too_many_decimals",
                    path,
                    "Expected at most %d decimals at %s but got %s".formatted(decimals, path, value));
        }
    }

    /** A text that is there is not blank, and not longer than people read in one line. */
    public void text(String path, Optional<String> text) {
        text.filter(t -> t.isBlank() || t.length() > TEXT_MOST)
                .ifPresent(
                        t -> add("out_of_range", path, "Expected 1 to %d characters at %s".formatted(TEXT_MOST, path)));
    }
}
