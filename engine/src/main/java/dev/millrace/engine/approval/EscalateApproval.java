package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.DeadlineAction;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Describe.As;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
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
    private final Supplier<UUID> ids;

    public EscalateApproval(Directory directory, ApprovalRows rows, Supplier<UUID> ids) {
        this.directory = directory;
        this.rows = rows;
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
        UUID id = ids.get();
        if (!rows.expire(tx, before.id(), Optional.of(id))) {
            throw ActionFailure.permanent("approval_already_decided", "The request was decided before its time was up");
        }
        var target = new Escalation.Target(config.toRole(), config.toUser(), config.message());
        Request higher = new Escalation(directory, rows)
                .ask(tx, context, before, id, target, context.expiresAt(expiring.entry() + 1));
        Messages.passedOn(tx, directory, Eligible.members(tx, directory, before), before, higher);
        context.journal(
                tx,
                "workflow.escalated",
                "approval",
                higher.id(),
                Optional.of("pending"),
                Optional.of("pending"),
                "Not decided in time by " + before.asked() + "; " + higher.asked() + " is asked");
        return new Verdict.WaitsFor(higher.id(), higher.expiresAt());
    }
}
