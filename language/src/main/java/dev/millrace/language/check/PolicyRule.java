package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Policies;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.DeadlineOutline;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.Optional;

/** What this company does not allow at all, whatever the way that leads to it. */
final class PolicyRule {
    private final Policies policies;
    private final Documents documents;
    private final Findings findings;

    PolicyRule(Outline outline, Catalogue catalogue, Findings findings) {
        this.documents = new Documents(outline.trigger(), catalogue);
        this.policies = catalogue.policies();
        this.findings = findings;
    }

    void check(Outline outline) {
        Uses.of(outline).forEach(this::forbidden);
        outline.steps().stream().filter(Approvals::asks).forEach(step -> {
            selfApproval(step);
            step.deadlines().forEach(deadline -> byTime(step, deadline));
        });
    }

    private void forbidden(Uses each) {
        Spot action = each.use().action();
        action.text()
                .filter(policies::forbids)
                .ifPresent(name -> findings.error(
                        ProblemCode.ACTION_FORBIDDEN,
                        action.path(),
                        "Expected an action that this company's policy allows at " + action.shown() + " but '" + name
                                + "' is forbidden; use another one, or ask an administrator."));
    }

    private void byTime(StepOutline step, DeadlineOutline deadline) {
        Spot action = deadline.use().action();
        boolean hasAmount = step.use().config().key("amount").isGiven() && !mayBeNone(step);
        if (!policies.autoApproveAmounts() && hasAmount && action.is(Approvals.AUTO_APPROVE)) {
            findings.error(
                    ProblemCode.AUTO_APPROVAL_FORBIDDEN,
                    action.path(),
                    "Expected a person to decide at " + action.shown()
                            + " but time would approve what has an amount, which this company's policy forbids; write "
                            + Approvals.ESCALATE + " instead.",
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** Where it may, it is known only when it runs, and refused then. */
    private boolean mayBeNone(StepOutline step) {
        return ConfigText.of(step.use(), "amount") instanceof ConfigText.Path path
                && path.parts().size() == 2
                && path.parts().getFirst().equals("trigger")
                && !documents.always(path.parts().getLast());
    }

    private void selfApproval(StepOutline step) {
        Spot user = step.use().config().key("user");
        Spot requester = step.use().config().key("requester");
        boolean same = user.text()
                .filter(name -> !TemplateReader.isTemplate(name))
                .filter(name -> requester.text().filter(name::equalsIgnoreCase).isPresent())
                .isPresent();
        if (same && !policies.selfApproval()) {
            findings.error(
                    ProblemCode.SELF_APPROVAL_FORBIDDEN,
                    user.path(),
                    "Expected somebody else than the requester at " + user.shown() + " but both are '"
                            + user.text().orElse("")
                            + "', and this company's policy lets nobody approve an own request; name another person or a role.");
        }
    }
}
