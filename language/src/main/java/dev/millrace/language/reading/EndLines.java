package dev.millrace.language.reading;

import dev.millrace.language.Deadline;
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
        telling.page.say(telling.words("end.failed"));
        if (!telling.definition.onFailure().list().isEmpty()) {
            new TroubleLines(telling)
                    .list(telling.words("end.on_failure"), telling.definition.onFailure(), Optional.empty());
        }
        if (steps.stream().anyMatch(step -> step.retry().equals(Retry.DEFAULT) && !telling.waits(step))) {
            telling.page.say(telling.words("end.retries"));
        }
    }

    private void approvals(List<Step> steps) {
        List<Step> bare = steps.stream()
                .filter(Wording::isApproval)
                .filter(step -> step.onError().isNone())
                .toList();
        if (!bare.isEmpty()) {
            telling.page.say(telling.words("end.rejected", telling.steps(bare)));
        }
        List<Step> timed = bare.stream().filter(EndLines::mayExpire).toList();
        if (!timed.isEmpty()) {
            telling.page.say(telling.words("end.expired", telling.steps(timed)));
        }
    }

    private static boolean mayExpire(Step step) {
        return step.onTimeout().isEmpty()
                || !step.onTimeout().getLast().action().equals("erp.approval.auto_approve")
                || step.onTimeout().stream().allMatch(Deadline::thenContinue);
    }
}
