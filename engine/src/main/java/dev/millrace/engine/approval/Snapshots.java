package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request.Shown;
import java.util.List;

/** What a document was when somebody was asked about it. */
final class Snapshots {
    private Snapshots() {}

    static Shown of(EntityCard card, List<FieldChange> changedSince) {
        return new Shown(card.material(), SnapshotHash.of(card.material()), card.document(), changedSince);
    }

    /** How the document differs from what was shown; nothing, if so little that nobody need be asked again. */
    static List<FieldChange> changes(Tx tx, Directory directory, Shown shown, EntityCard card) {
        List<FieldChange> changes = Differences.between(shown.snapshot(), card.material());
        return new Tolerance(directory.policies(tx).changeTolerance()).covers(changes) ? List.of() : changes;
    }
}
