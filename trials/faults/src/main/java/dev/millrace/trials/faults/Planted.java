package dev.millrace.trials.faults;

import dev.millrace.testkit.SqlHook;
import dev.millrace.trials.faults.PlantedBug.Rewrite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** Plants a bug's rewrites, and says which of them found their statement: a pattern that fits nothing plants nothing. */
final class Planted implements SqlHook {
    private final List<Rewrite> rewrites;
    private final IntConsumer applied;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();

    /** @param applied told the number of each rewrite when it first changes a statement */
    Planted(PlantedBug bug, IntConsumer applied) {
        this.rewrites = bug.rewrites();
        this.applied = applied;
    }

    @Override
    public String rewrite(String sql) {
        return known.computeIfAbsent(sql, this::changed);
    }

    private String changed(String sql) {
        String now = sql;
        for (int i = 0; i < rewrites.size(); i++) {
            Rewrite rewrite = rewrites.get(i);
            if (now.contains(rewrite.in())) {
                String after = rewrite.what().matcher(now).replaceAll(rewrite.with());
                if (!after.equals(now) && told.add(i)) {
                    applied.accept(i);
                }
                now = after;
            }
        }
        return now;
    }
}
