package dev.millrace.erp;

import dev.millrace.engine.Documents.Decider;
import java.util.List;
import java.util.function.Supplier;

/**
 * What came of deciding on a document by hand, outside any workflow. A hand keeps off as long as a workflow decides, and
 * nobody approves what they themselves brought.
 */
public sealed interface ByHand<T> {
    /** It was up to this hand; what came of it. */
    record Done<T>(T outcome) implements ByHand<T> {}

    /** A workflow decides on it. Nothing was written. */
    record BeingDecided<T>(Decider decider) implements ByHand<T> {}

    /** It is this person's own: requested, submitted or changed by them. Nothing was written. */
    record Own<T>() implements ByHand<T> {}

    /** Does it, unless somebody decides instead. */
    static <T> ByHand<T> unless(List<Decider> deciders, Supplier<T> act) {
        return deciders.isEmpty() ? new Done<>(act.get()) : new BeingDecided<>(deciders.getFirst());
    }
}
