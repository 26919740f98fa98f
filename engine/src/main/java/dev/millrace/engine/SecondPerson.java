package dev.millrace.engine;

import dev.millrace.engine.journal.Entry;
import java.util.Optional;
import java.util.UUID;

/**
 * The policy {@code second_person_for_definitions}: nobody alone both writes a version of a definition and switches it on.
 * A version that the system wrote, such as a template, is nobody's own; the system itself is nobody either.
 */
final class SecondPerson {
    private final Catalogues catalogues;
    private final Journal journal;

    SecondPerson(Catalogues catalogues, Journal journal) {
        this.catalogues = catalogues;
        this.journal = journal;
    }

    /** The member who acts; empty: a program does. */
    static Optional<UUID> person(Actor by) {
        return by.isPerson() ? by.id().map(UUID::fromString) : Optional.empty();
    }

    /** Whether this person may not switch this version on. */
    boolean isNeeded(Tx tx, StoredDefinition version, Actor by) {
        return version.savedBy().isPresent()
                && version.savedBy().equals(person(by))
                && catalogues.policies(tx).secondPersonForDefinitions();
    }

    Saved refuse(Tx tx, StoredDefinition version, Actor by) {
        journal.write(
                tx,
                new Entry(
                        "workflow.enabling_refused",
                        by,
                        "definition",
                        version.id().toString(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("second_person_required: " + version.name() + ", own version")));
        return new Saved.NeedsSecondPerson(version.name());
    }
}
