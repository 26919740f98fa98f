package dev.millrace.server.problem;

import dev.millrace.engine.Documents.Asked;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.erp.ByHand;
import java.util.Optional;
import java.util.UUID;

/** Decisions by hand that the caller was not free to take. */
public final class Hand {
    private Hand() {}

    /**
     * Who decides instead.
     *
     * @param approvalId the request that waits; null: nobody is asked at the moment
     */
    record DeciderBody(UUID executionId, String workflowName, int version, Optional<UUID> approvalId) {
        static DeciderBody of(Decider decider) {
            return new DeciderBody(
                    decider.execution(),
                    decider.workflow(),
                    decider.version(),
                    decider.asked().map(Asked::approval));
        }
    }

    /**
     * What came of a decision that was up to the caller.
     *
     * @param what is decided on, {@code order PO/2026-27/00042}
     * @throws Refusal 403 {@code segregation_of_duties}: it is the caller's own; 409 {@code being_decided}: a workflow decides
     */
    public static <T> T outcome(ByHand<T> byHand, String what) {
        return switch (byHand) {
            case ByHand.Done<T> done -> done.outcome();
            case ByHand.Own<T> own ->
                throw Refusal.forbidden(
                        "segregation_of_duties",
                        "You asked for " + what
                                + " or changed it, and nobody approves their own: ask somebody else to.");
            case ByHand.BeingDecided<T> decided ->
                throw Refusal.conflict("being_decided", words(decided.decider(), what))
                        .with("decider", DeciderBody.of(decided.decider()));
        };
    }

    private static String words(Decider decider, String what) {
        String workflow = decider.workflow() + " v" + decider.version();
        return decider.asked()
                .map(asked -> "The workflow " + workflow + " has asked " + asked.whom() + " about " + what
                        + ": it is decided there, or have the workflow's execution cancelled.")
                .orElse("The workflow " + workflow + " is at work on " + what
                        + ": wait until it is over, or have its execution cancelled.");
    }
}
