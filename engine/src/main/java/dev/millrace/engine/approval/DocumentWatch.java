package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Documents;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.ApprovalRows.End;
import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.journal.JournalRows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Holds requests and approvals against the documents that they are about. */
public final class DocumentWatch implements Documents {
    private final Office office;
    private final Deciders deciders;
    private final Cancelling cancelling;

    public DocumentWatch(Office office, Deciders deciders, Cancelling cancelling) {
        this.office = office;
        this.deciders = deciders;
        this.cancelling = cancelling;
    }

    /** Ends an execution that is not over, and those that it started. */
    public interface Cancelling {
        void cancel(Tx tx, UUID execution, Actor by, String why);
    }

    @Override
    public void changed(Tx tx, String entityType, UUID entityId, Actor by) {
        office.rows().takeTurns(tx, entityType, entityId);
        List<Request> pending = office.rows().about(tx, entityType, entityId, "pending");
        if (pending.isEmpty()) {
            return;
        }
        office.directory()
                .card(tx, entityType, entityId)
                .ifPresent(card -> pending.forEach(r -> look(tx, r, card, by)));
    }

    private void look(Tx tx, Request found, EntityCard card, Actor by) {
        if (found.shown().isEmpty()
                || Snapshots.changes(tx, office.directory(), found.shown().get(), card)
                        .isEmpty()) {
            return;
        }
        office.holds().at("document.before_lock");
        Request request = office.lock(tx, found).orElseThrow();
        if (request.isPending()) {
            supersede(tx, request, found.shown().get(), card, by);
        }
    }

    private void supersede(Tx tx, Request request, Shown before, EntityCard card, Actor by) {
        List<FieldChange> changes = Differences.between(before.snapshot(), card.material());
        Request again = Requests.again(request, office.ids().get(), Snapshots.of(card, changes), tx.now());
        office.rows().end(tx, request.id(), End.of("superseded", by).replacedBy(again.id()));
        Entry entry = Office.entry("workflow.approval_superseded", request, by, "superseded")
                .saying("The document was changed (" + paths(changes) + "); " + again.asked() + " is asked again");
        office.settle().note(tx, request.executionId(), office.ids().get(), entry);
        Entry asked = Office.entry("workflow.awaiting_approval", again, by, "pending");
        office.settle().note(tx, request.executionId(), office.ids().get(), asked);
        office.put(tx, again);
    }

    private static String paths(List<FieldChange> changes) {
        String shown = changes.stream().limit(5).map(FieldChange::path).collect(Collectors.joining(", "));
        return changes.size() > 5 ? shown + ", …" : shown;
    }

    @Override
    public int resubmitted(Tx tx, String entityType, UUID entityId, Actor by) {
        office.rows().takeTurns(tx, entityType, entityId);
        List<Request> returned = office.rows().about(tx, entityType, entityId, "returned").stream()
                .filter(r -> r.replacedBy().isEmpty())
                .toList();
        if (returned.isEmpty()) {
            return 0;
        }
        Optional<EntityCard> card = office.directory().card(tx, entityType, entityId);
        return (int) returned.stream()
                .filter(r -> card.isPresent() && askAgain(tx, r, card.get(), by))
                .count();
    }

    /** False if the step does not wait any more. */
    private boolean askAgain(Tx tx, Request returned, EntityCard card, Actor by) {
        Request request = office.lock(tx, returned).orElseThrow();
        Instant now = tx.now();
        Optional<Instant> remindAt = request.timing().remindEvery().map(now::plus);
        boolean waits = office.settle()
                .hasten(tx, request.executionId(), request.stepId(), remindAt.orElse(request.expiresAt()));
        if (!waits || request.replacedBy().isPresent()) {
            return false;
        }
        List<FieldChange> changes = request.shown()
                .map(shown -> Differences.between(shown.snapshot(), card.material()))
                .orElse(List.of());
        Request again = Requests.reminding(
                Requests.again(request, office.ids().get(), Snapshots.of(card, changes), now), remindAt);
        office.rows().markReplaced(tx, request.id(), again.id());
        Entry entry = Office.entry("workflow.awaiting_approval", again, by, "pending")
                .saying("Submitted again; " + again.asked() + " is asked again");
        office.settle().signal(tx, request.executionId(), office.ids().get(), entry);
        office.put(tx, again);
        office.bell().ring(tx, request.executionId());
        return true;
    }

    /** What differs in the document at this moment from what the request shows, tolerated or not. */
    public List<FieldChange> differences(Tx tx, Request request) {
        Optional<EntityCard> card = request.entityType()
                .flatMap(type ->
                        request.entityId().flatMap(id -> office.directory().card(tx, type, id)));
        return request.shown().isEmpty() || card.isEmpty()
                ? List.of()
                : Differences.between(
                        request.shown().get().snapshot(), card.get().material());
    }

    @Override
    public List<Decider> deciders(Tx tx, String entityType, UUID entityId) {
        return deciders.of(tx, entityType, entityId);
    }

    @Override
    public void withdraw(Tx tx, List<Decider> found, Actor by, String why) {
        List<Decider> inOrder =
                found.stream().sorted(Comparator.comparing(Decider::execution)).toList();
        // Before the executions end, which withdraws their requests too, but says nobody why.
        inOrder.forEach(decider -> decider.asked()
                .flatMap(asked -> office.rows().find(tx, asked.approval()))
                .flatMap(request -> office.lock(tx, request))
                .filter(Request::isPending)
                .ifPresent(request -> office.rows()
                        .end(tx, request.id(), End.of("cancelled", by).saying(Optional.of(why)))));
        inOrder.stream()
                .map(Decider::execution)
                .distinct()
                .forEach(execution -> cancelling.cancel(tx, execution, by, why));
    }

    @Override
    public boolean isBroughtBy(Tx tx, String entityType, UUID entityId, Actor person) {
        return JournalRows.isBy(tx, entityType, entityId, person);
    }

    @Override
    public Fit fits(Tx tx, UUID approval, String entityType, UUID entityId) {
        Optional<Shown> approved = office.rows()
                .find(tx, approval)
                .filter(r -> r.status().equals("approved"))
                .filter(r -> r.entityType().filter(entityType::equals).isPresent()
                        && r.entityId().filter(entityId::equals).isPresent())
                .flatMap(Request::shown);
        Optional<EntityCard> card = office.directory().card(tx, entityType, entityId);
        if (approved.isEmpty() || card.isEmpty()) {
            return new Fit.Missing();
        }
        List<FieldChange> changes = Snapshots.changes(tx, office.directory(), approved.get(), card.get());
        return changes.isEmpty() ? new Fit.Good() : new Fit.Stale(changes);
    }
}
