package dev.millrace.language.reading;

import dev.millrace.language.Deadline;
import dev.millrace.language.Handlers;
import dev.millrace.language.Handlers.Handler;
import dev.millrace.language.Step;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.Phrase;
import dev.millrace.language.words.Wording;
import java.util.List;
import java.util.Optional;

/** What happens when time passes or something fails. */
final class TroubleLines {
    private static final String ESCALATE = "erp.approval.escalate";
    private static final String AUTO_APPROVE = "erp.approval.auto_approve";
    private static final String STOP = "core.stop";

    private final Telling telling;
    private final Wording wording;

    TroubleLines(Telling telling) {
        this.telling = telling;
        this.wording = telling.wording;
    }

    void deadlines(Step step) {
        step.onTimeout().forEach(deadline -> deadline(step, deadline));
        boolean open = step.onTimeout().stream().allMatch(Deadline::thenContinue);
        if (open && step.action().equals("core.wait_for_event")) {
            telling.page.say(telling.words("deadline.none.event"));
        }
    }

    private void deadline(Step step, Deadline deadline) {
        String after = wording.duration(deadline.after());
        Phrase phrase = wording.phrase(deadline.action(), deadline.config(), Optional.of(step.id()));
        if (deadline.action().equals(AUTO_APPROVE)) {
            telling.page.say(telling.words("deadline.auto", after));
            telling.page.details(1, phrase.details());
            return;
        }
        String sentence =
                telling.words("deadline." + kind(step), after, telling.certainIfRare(phrase.words(), phrase));
        telling.page.say(
                deadline.action().equals(ESCALATE) || deadline.action().equals(STOP)
                        ? sentence : sentence + " " + then(step, deadline));
        telling.page.details(1, phrase.details());
    }

    private String then(Step step, Deadline deadline) {
        if (deadline.thenContinue()) {
            return telling.words("deadline.then.continue");
        }
        return telling.words(Wording.isApproval(step) ? "deadline.then.fail.approval" : "deadline.then.fail");
    }

    private static String kind(Step step) {
        return switch (step.action()) {
            case "erp.approval.request" -> "approval";
            case "core.wait_for_event" -> "event";
            case "core.run_workflow" -> "workflow";
            default -> "wait";
        };
    }

    void onError(Step step) {
        Handlers handlers = step.onError();
        if (handlers.isNone()) {
            return;
        }
        String suffix = Wording.isApproval(step) ? ".approval" : "";
        if (handlers.list().isEmpty()) {
            boolean last = telling.order.isLast(step);
            telling.page.say(telling.words("trouble.continue" + (last && suffix.isEmpty() ? ".last" : suffix)));
            return;
        }
        list(telling.words(heading(step)), handlers, Optional.of(step.id()));
        if (handlers.thenContinue()) {
            telling.page.say(1, telling.words("trouble.then.continue"));
        } else if (isNeeded(step, handlers)) {
            telling.page.say(1, telling.words("trouble.then.stop"));
        }
    }

    private static String heading(Step step) {
        if (!Wording.isApproval(step)) {
            return "trouble.step";
        }
        return mayExpire(step) ? "trouble.approval" : "trouble.approval.never_expires";
    }

    /** False only where the last deadline approves whatever it is. */
    static boolean mayExpire(Step step) {
        return step.onTimeout().isEmpty()
                || !step.onTimeout().getLast().action().equals(AUTO_APPROVE)
                || step.onTimeout().getLast().config().source().has("max_amount");
    }

    /** Whoever reads that everything ends needs no word about the steps after it. */
    private boolean isNeeded(Step step, Handlers handlers) {
        return !handlers.list().getLast().action().equals(STOP) && !telling.order.isLast(step);
    }

    /** One action follows the heading at once; several are listed below it. */
    void list(String heading, Handlers handlers, Optional<String> own) {
        List<Handler> list = handlers.list();
        if (list.size() == 1) {
            Phrase phrase = wording.phrase(list.getFirst().action(), list.getFirst().config(), own);
            telling.page.say(
                    telling.words("trouble.inline", heading, telling.certainIfRare(phrase.words(), phrase)));
            telling.page.details(1, phrase.details());
            return;
        }
        telling.page.say(heading);
        for (int i = 0; i < list.size(); i++) {
            Phrase phrase = wording.phrase(list.get(i).action(), list.get(i).config(), own);
            String words = Messages.sentence(telling.certainIfRare(phrase.words(), phrase));
            telling.page.item(1, telling.words("item", letter(i), words));
            telling.page.details(2, phrase.details());
        }
    }

    /** a to z, then numbers. */
    private static String letter(int index) {
        return index < 26 ? String.valueOf((char) ('a' + index)) : Integer.toString(index + 1);
    }
}
