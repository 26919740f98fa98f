package dev.millrace.engine.journal;

import dev.millrace.engine.LifecycleEvent;
import dev.millrace.engine.LifecycleEvent.Document;
import dev.millrace.engine.SealedEntry;
import dev.millrace.engine.Tx;
import dev.millrace.engine.journal.JournalRows.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Entries of the journal as lifecycle events: with the document that an approval is about. */
final class LifecycleRows {
    private LifecycleRows() {}

    private record Subject(UUID approval, Document document) {}

    // By primary key.
    private static final String DOCUMENTS = """
            select id, entity_type, entity_id, coalesce(entity_label, entity_type) as label
              from approval_requests
             where tenant_id = :tenant and id = any(:ids) and entity_type is not null and entity_id is not null""";

    static List<LifecycleEvent> events(Tx tx, List<SealedEntry> entries) {
        Map<UUID, Document> documents = documents(
                tx,
                entries.stream()
                        .map(SealedEntry::entry)
                        .flatMap(e -> approval(e).stream())
                        .toList());
        return entries.stream()
                .map(entry -> event(entry, id -> Optional.ofNullable(documents.get(id))))
                .toList();
    }

    private static Optional<UUID> approval(Stored entry) {
        return Optional.of(entry.resourceType())
                .filter("approval"::equals)
                .map(type -> UUID.fromString(entry.resourceId()));
    }

    private static Map<UUID, Document> documents(Tx tx, List<UUID> approvals) {
        if (approvals.isEmpty()) {
            return Map.of();
        }
        return tx
                .handle()
                .createQuery(DOCUMENTS)
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, approvals)
                .map((row, context) -> new Subject(
                        row.getObject("id", UUID.class),
                        new Document(
                                row.getString("entity_type"),
                                row.getObject("entity_id", UUID.class),
                                row.getString("label"))))
                .stream()
                .collect(Collectors.toMap(Subject::approval, Subject::document));
    }

    private static LifecycleEvent event(SealedEntry one, Function<UUID, Optional<Document>> document) {
        Stored entry = one.entry();
        Optional<UUID> approval = approval(entry);
        return new LifecycleEvent(
                one.seq(),
                entry.type(),
                entry.at(),
                entry.executionId(),
                entry.workflowName(),
                entry.stepId(),
                approval,
                entry.after(),
                approval.flatMap(document));
    }
}
