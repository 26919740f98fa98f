package dev.millrace.language.reading;

import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import dev.millrace.language.words.Wording;
import java.util.List;
import java.util.Optional;

/** How it ends: well, rejected, failed. */
final class EndLines {
    private final Telling telling;

    EndLines(Telling telling) {
        this.telling = telling;
    }

    void write() {
        List<Step> steps = telling.order.steps();
        telling.page.say(telling.words("end.done"));
        boolean allConditional = steps.stream()
                .filter(step -> step.dependsOn().isEmpty())
                .allMatch(step -> step.condition().isPresent() && !step.passIfSkipped());
        if (allConditional) {
            telling.page.say(telling.words("end.all_conditional"));
        }
        if (steps.stream().anyMatch(step -> step.condition().isPresent())) {
            telling.page.say(telling.words("end.skipped"));
        }
        approvals(steps);
        if (steps.stream().anyMatch(EndLines::endsByUsualTime)) {
            telling.page.say(telling.words("end.expiry"));
        }
        telling.page.say(telling.words("end.failed"));
        if (!telling.definition.onFailure().list().isEmpty()) {
            new TroubleLines(telling)
                    .list(telling.words("end.on_failure"), telling.definition.onFailure(), Optional.empty());
        }
        if (steps.stream().anyMatch(step -> step.retry().equals(Retry.DEFAULT) && !telling.waits(step))) {
            telling.page.say(telling.words("end.retries"));
        }
    }

    /** No deadline says when the request expires, or only somebody else is asked then. */
    private static boolean endsByUsualTime(Step step) {
        return Wording.isApproval(step)
                && step.onTimeout().stream()
                        .allMatch(deadline -> deadline.thenContinue()
                                || deadline.action().equals("erp.approval.escalate"));
    }

    private void approvals(List<Step> steps) {
        List<Step> bare = steps.stream()
                .filter(Wording::isApproval)
                .filter(step -> step.onError().isNone())
                .toList();
        if (!bare.isEmpty()) {
            telling.page.say(telling.words("end.rejected", telling.anyOf(bare)));
        }
        List<Step> timed = bare.stream().filter(TroubleLines::mayExpire).toList();
        if (!timed.isEmpty()) {
            telling.page.say(telling.words("end.expired", telling.anyOf(timed)));
        }
    }

}
