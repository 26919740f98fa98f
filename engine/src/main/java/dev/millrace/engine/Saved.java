package dev.millrace.engine;

import dev.millrace.language.Problem;
import java.util.List;
import java.util.UUID;

/** What saving or switching a definition did. */
public sealed interface Saved {
    /** A new version, or a changed state. */
    record Done(StoredDefinition definition, List<Problem> warnings) implements Saved {}

    /** The text is that of the newest version: nothing new. */
    record Unchanged(StoredDefinition definition) implements Saved {}

    /** It has errors, and was not saved or enabled. */
    record Invalid(List<Problem> problems) implements Saved {}

    /** The id is neither the newest draft nor the live version; {@code current} is. */
    record NotCurrent(UUID current) implements Saved {}

    /** The text names another workflow than the one it was to replace. */
    record NameChanged(String from, String to) implements Saved {}

    /** The caller's condition on the version that is there did not hold. */
    record Stale(StoredDefinition definition) implements Saved {}

    /**
     * The company's policy asks that somebody else than who wrote a version switches it on. Nothing was saved but an entry
     * in the journal.
     */
    record NeedsSecondPerson(String name) implements Saved {}

    record NotFound() implements Saved {}

    /**
     * The definition as it is stored now, for a program to which everything else is a fault in the program.
     *
     * @throws IllegalStateException nothing was saved; the message says why
     */
    default StoredDefinition orThrow() {
        return switch (this) {
            case Done done -> done.definition();
            case Unchanged unchanged -> unchanged.definition();
            case Invalid invalid -> throw new IllegalStateException("the definition has errors: " + invalid.problems());
            case NotCurrent not ->
                throw new IllegalStateException("not the current version, which is " + not.current());
            case NameChanged changed ->
                throw new IllegalStateException(
                        "expected the name " + changed.from() + " but the text says " + changed.to());
            case Stale stale ->
                throw new IllegalStateException(
                        "somebody saved version " + stale.definition().version() + " meanwhile");
            case NeedsSecondPerson second ->
                throw new IllegalStateException(
                        "somebody else must switch " + second.name() + " on than who wrote the version");
            case NotFound none -> throw new IllegalStateException("there is no such definition");
        };
    }
}
