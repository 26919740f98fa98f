package dev.millrace.engine;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What becomes of approvals when the document that they are about changes: whoever approved, approved exactly what was
 * shown. The module that owns a document calls this in the transaction in which it changes it, with the document's own
 * row locked and already written. Documents are locked before executions.
 */
public interface Documents {
    /**
     * Material fields of a document may have changed. Every pending request about it whose snapshot the document does not
     * fit any more is superseded: earlier votes are void, and the same people are asked again at the same level and with
     * the same deadline, with the difference. A change within the company's tolerance, or of nothing material, asks
     * nobody again.
     *
     * @param by who changed it
     */
    void changed(Tx tx, String entityType, UUID entityId, Actor by);

    /**
     * A document that an approver had sent back was submitted again: each step that waits for it asks again at the same
     * level and with the same deadline, with the difference. Does nothing for a document that was not sent back.
     *
     * @return how many requests were made
     */
    int resubmitted(Tx tx, String entityType, UUID entityId, Actor by);

    /**
     * Whether a granted approval is one of the document as it is now, as the directory's card shows it. To be asked
     * with the document's row locked, by what acts on the strength of the approval.
     */
    Fit fits(Tx tx, UUID approval, String entityType, UUID entityId);

    /**
     * Who decides on a document at this moment, or may yet: executions with a pending request about it, and those that its
     * events started and that are not over, as far as their definition asks for approval, sets the state of documents of this
     * type, or runs other workflows. A hand that would decide in their place has to keep off. To be asked with the document's
     * row locked: an execution is started in the transaction of its event, so none is missed. Of an event that starts more
     * than 100 workflows, those beyond count only once they ask.
     *
     * @return those that have asked first, then in the order in which they were started
     */
    List<Decider> deciders(Tx tx, String entityType, UUID entityId);

    /**
     * The document was taken back or stopped by hand, and nobody need decide on it any more: requests are withdrawn, and the
     * executions cancelled, with those that they started.
     *
     * @param deciders as they were before the document was changed, so that nobody is stopped whom the change itself starts
     * @param why for the journal and for who decides too late; a sentence without its full stop
     */
    void withdraw(Tx tx, List<Decider> deciders, Actor by, String why);

    /** Whether the journal has an entry of this person about the document: who asked for it, submitted it or changed it. */
    boolean isBroughtBy(Tx tx, String entityType, UUID entityId, Actor person);

    /**
     * An execution that decides on a document.
     *
     * @param asked what waits for a person; empty: nobody is asked yet, or any more
     */
    record Decider(UUID execution, String workflow, int version, Optional<Asked> asked) {}

    /**
     * @param whom a role, or a person in words
     */
    record Asked(UUID approval, String whom) {}

    /** What an approval is worth for a document as it is. */
    sealed interface Fit {
        /** It was granted for this document, and nothing that matters has changed since. */
        record Good() implements Fit {}

        /** It was granted for this document, which is another one by now; {@code approval_stale}. */
        record Stale(List<FieldChange> changes) implements Fit {
            public Stale {
                changes = List.copyOf(changes);
            }
        }

        /** There is no such approval, it was not granted, or for another document; {@code approval_required}. */
        record Missing() implements Fit {}
    }
}
