package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.DeadlineAction;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Describe.As;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.approval.ApprovalRows.End;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Expires the pending request and asks a higher role; the step goes on waiting. */
@Named(
        value = EscalateApproval.NAME,
        module = "core",
        description = "Expires the pending request and asks a higher role; the step goes on waiting.",
        inStep = false,
        failures = {"user_unknown", "approval_already_decided"})
public final class EscalateApproval implements DeadlineAction<EscalateApproval.Config, EscalateApproval.Output> {
    static final String NAME = "erp.approval.escalate";

    private final Directory directory;
    private final ApprovalRows rows;
    private final Approvers approvers;
    private final Supplier<UUID> ids;

    public EscalateApproval(Directory directory, ApprovalRows rows, Approvers approvers, Supplier<UUID> ids) {
        this.directory = directory;
        this.rows = rows;
        this.approvers = approvers;
        this.ids = ids;
    }

    public record Config(
            @Describe(value = "The role that is asked next", as = As.ROLE, oneOf = "asked")
            Optional<String> toRole,

            @Describe(value = "The person who is asked next: id or e-mail", as = As.MEMBER, oneOf = "asked")
            Optional<String> toUser,

            @Describe(value = "Why it comes to them", most = 2000)
            Optional<String> message) {}

    public record Output(
            @Describe("The new request") UUID approvalId,
            @Describe("The request that expired") UUID escalatedFrom) {}

    @Override
    public Verdict run(Tx tx, WaitContext context, Expiring expiring, Config config) {
        Request before = rows.find(tx, expiring.request()).orElseThrow();
        List<Member> asked = approvers.toTell(tx, before);
        UUID id = ids.get();
        End end = End.of("expired", Actor.SYSTEM).escalatedTo(id);
        if (rows.endAfterTime(tx, before.id(), end).isEmpty()) {
            throw ActionFailure.permanent("approval_already_decided", "The request was decided before its time was up");
        }
        var target = new Escalation.Target(config.toRole(), config.toUser(), config.message());
        Request higher =
                new Escalation(directory, rows, approvers).ask(tx, context, before, id, target, expiring.entry() + 1);
        Messages.passedOn(tx, directory, asked, before, higher);
        String why = asked.isEmpty()
                ? "Nobody of " + before.asked() + " may decide this; "
                : "Not decided in time by " + before.asked() + "; ";
        context.journal(
                tx,
                "workflow.escalated",
                "approval",
                higher.id(),
                Optional.of("pending"),
                Optional.of("pending"),
                why + higher.asked() + " is asked");
        return new Verdict.WaitsFor(
                higher.id(), DeadlineTimes.next(higher.timing(), higher.expiresAt(), expiring.entry() + 1));
    }
}
