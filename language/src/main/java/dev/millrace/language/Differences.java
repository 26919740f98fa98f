package dev.millrace.language;

import dev.millrace.language.difference.Comparison;
import java.util.List;

/** Tells in words what changed between two versions of a definition. */
public final class Differences {
    private Differences() {}

    /**
     * All differences in what the definitions do, in the order of the later one; what was removed comes last. A step
     * whose id alone changed is told as renamed. Spaces, comments and other ways to write the same are no difference.
     * Never throws for definitions that were checked.
     *
     * @return empty if they do the same
     */
    public static List<Change> between(Definition before, Definition after, Catalogue catalogue) {
        return Comparison.between(before, after, catalogue);
    }
}
