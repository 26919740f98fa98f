package dev.millrace.language.check;

import dev.millrace.language.check.Documents.Document;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps that ask somebody for an approval, and for what they count. */
final class Approvals {
    static final String REQUEST = "erp.approval.request";
    static final String ESCALATE = "erp.approval.escalate";
    static final String AUTO_APPROVE = "erp.approval.auto_approve";

    private final List<StepOutline> steps;

    Approvals(List<StepOutline> steps) {
        this.steps = steps;
    }

    static boolean asks(StepOutline step) {
        return step.use().action().is(REQUEST);
    }

    static boolean isGivenByTime(StepOutline step) {
        return step.deadlines().stream().anyMatch(d -> d.use().action().is(AUTO_APPROVE));
    }

    /** Those for one of the documents. Where there is no document to compare, every approval counts. */
    BitSet of(Set<Document> documents) {
        var found = new BitSet(steps.size());
        steps.stream()
                .filter(step -> objection(step, documents).isEmpty())
                .filter(Approvals::asks)
                .forEach(step -> found.set(step.index()));
        return found;
    }

    /** Why an approval does not count for the documents. */
    Optional<String> objection(StepOutline step, Set<Document> documents) {
        if (isGivenByTime(step)) {
            return Optional.of("time may approve it");
        }
        if (step.spot().key("for_each").isGiven()) {
            return Optional.of("for an empty list nobody is asked");
        }
        if (documents.isEmpty()) {
            return Optional.empty();
        }
        Optional<Document> approved = Documents.approvedBy(step.use());
        if (approved.isEmpty()) {
            return Optional.of("it names no document by entity_type and entity_id");
        }
        return documents.contains(approved.get()) ? Optional.empty() : Optional.of("it is for another document");
    }
}
