package dev.millrace.language.difference;

import dev.millrace.language.Change.Kind;
import dev.millrace.language.Expression;
import dev.millrace.language.difference.Findings.Place;
import dev.millrace.language.words.Limit;
import dev.millrace.language.words.Wording;
import java.util.List;
import java.util.Optional;

/** Conditions: a limit raised or lowered, or said anew. */
final class ConditionChanges {
    private final Both both;
    private final Findings findings;

    ConditionChanges(Both both) {
        this.both = both;
        this.findings = both.findings();
    }

    /**
     * @param key of the words for what is neither a limit nor the same: {@code key}, {@code key.added},
     *     {@code key.removed}
     * @param asks where the condition holds less often, people are asked less often
     */
    void compare(
            Optional<Expression> before, Optional<Expression> after, Place place, String key, boolean asks) {
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        if (before.isEmpty()) {
            String now = both.after().condition(after.orElseThrow());
            findings.add(asks, Kind.CONDITION, place, key + ".added", place.name(), now);
            return;
        }
        String old = both.before().condition(before.get());
        if (after.isEmpty()) {
            findings.add(Kind.CONDITION, place, key + ".removed", place.name(), old);
            return;
        }
        if (!Wording.areSame(before.get(), after.get())) {
            changed(before.get(), after.get(), place, key, asks);
        }
    }

    private void changed(Expression before, Expression after, Place place, String key, boolean asks) {
        List<Limit> limits = both.after().limits(before, after);
        for (Limit limit : limits) {
            String words = limit.raised() ? "change.limit_raised" : "change.limit_lowered";
            findings.add(
                    asks && limit.fewer(), Kind.LIMIT, place, words, limit.before(), limit.after(), place.name());
        }
        if (limits.isEmpty()) {
            findings.add(
                    Kind.CONDITION,
                    place,
                    key,
                    place.name(),
                    both.after().condition(after),
                    both.before().condition(before));
        }
    }
}
