package dev.millrace.language.difference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Which entry of an earlier list became which of a later one: first those alike, then those of the same kind. */
final class Pairs<T> {
    private final List<T> before;
    private final List<T> after;
    private final Map<Integer, Integer> partners = new HashMap<>();

    private Pairs(List<T> before, List<T> after) {
        this.before = before;
        this.after = after;
    }

    static <T> Pairs<T> of(List<T> before, List<T> after, BiPredicate<T, T> same, BiPredicate<T, T> alike) {
        Pairs<T> pairs = new Pairs<>(before, after);
        pairs.match(same);
        pairs.match(alike);
        return pairs;
    }

    private void match(BiPredicate<T, T> fits) {
        for (int i = 0; i < after.size(); i++) {
            for (int j = 0; j < before.size(); j++) {
                boolean free = !partners.containsKey(i) && !partners.containsValue(j);
                if (free && fits.test(before.get(j), after.get(i))) {
                    partners.put(i, j);
                }
            }
        }
    }

    /** The place in the earlier list of an entry of the later one. */
    Optional<Integer> partner(int index) {
        return Optional.ofNullable(partners.get(index));
    }

    /** The places in the earlier list of those that are gone. */
    List<Integer> removed() {
        List<Integer> gone = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!partners.containsValue(i)) {
                gone.add(i);
            }
        }
        return gone;
    }

    /** Entries that are in both come in another order. */
    boolean isMoved() {
        int last = -1;
        for (int i = 0; i < after.size(); i++) {
            int partner = partners.getOrDefault(i, -1);
            if (partner >= 0 && partner < last) {
                return true;
            }
            last = Math.max(last, partner);
        }
        return false;
    }
}
