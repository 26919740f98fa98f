package dev.millrace.trials.faults;

import dev.millrace.trials.faults.Report.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the invariants and remembers what was ever violated: a wrong state that heals is wrong all the same. */
final class Checker {
    /** Violations told of each invariant. */
    private static final int TOLD_MAX = 5;

    private static final Logger log = LoggerFactory.getLogger(Checker.class);

    private final Jdbi database;
    private final Map<Invariant, List<String>> violations = new LinkedHashMap<>();

    Checker(Jdbi database) {
        this.database = database;
        Invariants.ALL.forEach(i -> violations.put(i, new ArrayList<>()));
    }

    /** What must hold at any moment; a database that is away is asked the next time. */
    void duringTheRun() {
        try {
            Invariants.always().forEach(this::ask);
        } catch (RuntimeException e) {
            log.debug("the database does not answer yet", e);
        }
    }

    void atRest() {
        Invariants.ALL.forEach(this::ask);
    }

    private void ask(Invariant invariant) {
        List<String> known = violations.getOrDefault(invariant, new ArrayList<>());
        database
                .withHandle(
                        h -> h.createQuery("select * from (" + invariant.sql() + ") as v (violation) limit " + TOLD_MAX)
                                .mapTo(String.class)
                                .list())
                .stream()
                .filter(v -> !known.contains(v) && known.size() < TOLD_MAX)
                .forEach(known::add);
    }

    boolean isViolated(String name) {
        return violations.entrySet().stream()
                .anyMatch(e -> e.getKey().name().equals(name) && !e.getValue().isEmpty());
    }

    List<Finding> findings() {
        return violations.entrySet().stream()
                .map(e -> new Finding(e.getKey().name(), e.getKey().sentence(), List.copyOf(e.getValue())))
                .toList();
    }
}
