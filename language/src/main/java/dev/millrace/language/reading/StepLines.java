package dev.millrace.language.reading;

import dev.millrace.language.ForEach;
import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.Phrase;
import dev.millrace.language.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one step does, when, and what if it does not come off. */
final class StepLines {
    private final Telling telling;
    private final Wording wording;
    private final TroubleLines trouble;

    StepLines(Telling telling) {
        this.telling = telling;
        this.wording = telling.wording;
        this.trouble = new TroubleLines(telling);
    }

    void write(Step step) {
        telling.page.step(
                step.id(),
                telling.words(
                        "reading.step",
                        Integer.toString(telling.order.number(step.id())),
                        wording.title(step.id()),
                        when(step)));
        Phrase phrase = wording.phrase(step);
        telling.page.say(deed(step, telling.certain(phrase.words(), phrase)));
        telling.page.details(0, phrase.details());
        if (step.condition().isPresent() && step.passIfSkipped()) {
            telling.page.say(telling.words(Wording.isApproval(step) ? "step.pass.approval" : "step.pass"));
        }
        step.timeout().ifPresent(timeout -> telling.page.say(telling.words("step.timeout", wording.duration(timeout))));
        if (!step.retry().equals(Retry.DEFAULT)) {
            telling.page.say(retry(step.retry()));
        }
        trouble.deadlines(step);
        if (step.forEach().isPresent()) {
            telling.page.say(telling.words("step.each.fails"));
        }
        trouble.onError(step);
    }

    private String deed(Step step, String words) {
        Optional<String> condition = step.condition().map(wording::condition);
        String each = step.forEach().map(list -> each(list, words)).orElse(words);
        return condition.map(c -> telling.words("step.if", c, each)).orElse(each);
    }

    private String each(ForEach forEach, String words) {
        String list = wording.value(forEach.list());
        return forEach.maxParallel() == 1
                ? telling.words("step.each.in_turn", list, words)
                : telling.words("step.each", list, Integer.toString(forEach.maxParallel()), words);
    }

    private String retry(Retry retry) {
        if (retry.maxAttempts() == 1) {
            return telling.words("step.retry.once");
        }
        boolean grows = retry.multiplier() > 1;
        String factor = java.math.BigDecimal.valueOf(retry.multiplier())
                .stripTrailingZeros()
                .toPlainString();
        return telling.words(
                "step.retry",
                Integer.toString(retry.maxAttempts()),
                wording.duration(retry.initialDelay()),
                grows ? telling.words("step.retry.grows", factor) : telling.words("step.retry.same"),
                grows ? wording.duration(retry.maxDelay()) : "");
    }

    private String when(Step step) {
        List<Step> beside = telling.order.beside(step);
        String others = beside.isEmpty() ? "" : telling.steps(beside);
        if (step.dependsOn().isEmpty()) {
            return others.isEmpty()
                    ? telling.words("when.at_once")
                    : telling.words("when.at_once.beside", others);
        }
        String before = before(step);
        return others.isEmpty()
                ? telling.words("when.after", before)
                : telling.words("when.after.beside", before, others);
    }

    private String before(Step step) {
        List<Step> before = new ArrayList<>(step.dependsOn().stream()
                .map(telling.order::step)
                .flatMap(Optional::stream)
                .sorted((a, b) -> Integer.compare(telling.order.number(a.id()), telling.order.number(b.id())))
                .toList());
        String names = telling.steps(before);
        boolean approvals = before.stream().allMatch(Wording::isApproval);
        String passed = before.stream().anyMatch(Step::passIfSkipped) ? ".or_passed" : "";
        if (before.size() == 1) {
            if (before.getFirst().onError().thenContinue()) {
                return telling.words(approvals ? "when.whatever.approval" : "when.whatever", names);
            }
            return approvals ? telling.words("when.approved" + passed, names) : names;
        }
        if (before.stream().noneMatch(telling.order::mayBeLeftOut)) {
            return approvals ? telling.words("when.all_approved" + passed, names) : names;
        }
        Messages messages = telling.messages();
        boolean oneOnly = before.size() == 2 && telling.order.areExclusive(before.getFirst(), before.getLast());
        return oneOnly
                ? telling.words(
                        "when.whichever",
                        messages.or(before.stream()
                                .map(each -> wording.step(each.id()))
                                .toList()))
                : telling.words("when.not_left_out", names);
    }
}
