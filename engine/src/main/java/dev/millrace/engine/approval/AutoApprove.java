package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.DeadlineAction;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.approval.ApprovalRows.End;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Approves the pending request as the system, with the rule in the trail. What has an amount is approved so only where
 * the company's policy {@code auto_approve_amounts} allows it.
 */
@Named(
        value = "erp.approval.auto_approve",
        module = "core",
        description = "Approves the pending request as the system, with the rule in the trail.",
        inStep = false,
        failures = {"approval_already_decided", "amount_above_limit", "policy_forbids"})
public final class AutoApprove implements DeadlineAction<AutoApprove.Config, AutoApprove.Output> {
    private final Directory directory;
    private final ApprovalRows rows;

    public AutoApprove(Directory directory, ApprovalRows rows) {
        this.directory = directory;
        this.rows = rows;
    }

    public record Config(
            @Describe(value = "The rule, for the trail", least = 1, most = 500)
            String reason,

            @Describe(value = "Requests above it are not approved", least = 0)
            Optional<BigDecimal> maxAmount) {}

    public record Output(
            @Describe("The request that was approved") UUID approvalId) {}

    @Override
    public Verdict run(Tx tx, WaitContext context, Expiring expiring, Config config) {
        Request request = rows.find(tx, expiring.request()).orElseThrow();
        refuseAmounts(tx, request, config);
        End end = End.of("approved", Actor.SYSTEM).byRule(config.reason());
        Instant at = rows.endAfterTime(tx, request.id(), end)
                .orElseThrow(() -> ActionFailure.permanent(
                        "approval_already_decided", "The request was decided before its time was up"));
        context.journal(
                tx,
                "workflow.approval_granted",
                "approval",
                request.id(),
                Optional.of("pending"),
                Optional.of("approved"),
                "Approved by rule of " + context.workflowLabel() + ": " + config.reason());
        return new Verdict.Completes(new RequestApproval.Output(
                request.id(),
                "approved",
                "system",
                at,
                Optional.of(config.reason()),
                true,
                request.level() > 1,
                request.level()));
    }

    private void refuseAmounts(Tx tx, Request request, Config config) {
        if (request.amount().isEmpty()) {
            return;
        }
        BigDecimal amount = request.amount().get();
        if (config.maxAmount().filter(max -> amount.compareTo(max) > 0).isPresent()) {
            throw ActionFailure.permanent(
                    "amount_above_limit",
                    "Expected at most " + config.maxAmount().get().toPlainString() + " but the request is for "
                            + amount.toPlainString());
        }
        if (!directory.policies(tx).autoApproveAmounts()) {
            throw ActionFailure.permanent(
                    "policy_forbids",
                    "This company does not let anything with an amount be approved by the passing of time");
        }
    }
}
