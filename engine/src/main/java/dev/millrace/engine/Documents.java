package dev.millrace.engine;

import java.util.List;
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
