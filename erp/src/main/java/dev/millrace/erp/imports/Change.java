package dev.millrace.erp.imports;

import dev.millrace.erp.ImportJob.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What a row says, beside what is there.
 *
 * @param wanted empty: the row has faults
 */
record Change<T>(Optional<T> before, Optional<T> wanted, List<Fault> faults) {
    Change {
        faults = List.copyOf(faults);
    }

    static <T> Change<T> of(Optional<T> before, T wanted, Cells cells) {
        return cells.isSound()
                ? new Change<>(before, Optional.of(wanted), List.of())
                : new Change<>(before, Optional.empty(), cells.faults());
    }

    Outcome outcome() {
        if (wanted.isEmpty()) {
            return new Outcome.Refused(faults);
        }
        if (before.isEmpty()) {
            return new Outcome.Created();
        }
        return before.equals(wanted) ? new Outcome.Unchanged() : new Outcome.Updated();
    }

    /** What is to be added. */
    static <T> List<T> created(List<Change<T>> changes) {
        return changes.stream()
                .filter(change -> change.outcome() instanceof Outcome.Created)
                .flatMap(change -> change.wanted().stream())
                .toList();
    }

    /** What is to be written over what is there. */
    static <T> List<T> updated(List<Change<T>> changes) {
        return changes.stream()
                .filter(change -> change.outcome() instanceof Outcome.Updated)
                .flatMap(change -> change.wanted().stream())
                .toList();
    }
}
