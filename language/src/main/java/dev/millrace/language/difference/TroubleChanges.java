package dev.millrace.language.difference;

import dev.millrace.language.Change.Kind;
import dev.millrace.language.Deadline;
import dev.millrace.language.Handlers;
import dev.millrace.language.Handlers.Handler;
import dev.millrace.language.difference.Findings.Place;
import java.util.List;
import java.util.Optional;

/** Deadlines and what is done after failures. */
final class TroubleChanges {
    private static final String AUTO_APPROVE = "erp.approval.auto_approve";

    private final Both both;
    private final Findings findings;

    TroubleChanges(Both both) {
        this.both = both;
        this.findings = both.findings();
    }

    void deadlines(List<Deadline> before, List<Deadline> after, Place step) {
        Pairs<Deadline> pairs = Pairs.of(before, after, TroubleChanges::areSame, (a, b) -> a.action().equals(b.action()));
        for (int i = 0; i < after.size(); i++) {
            Deadline now = after.get(i);
            Place place = step.at("on_timeout[" + i + "]");
            pairs.partner(i).map(before::get).ifPresentOrElse(old -> deadline(old, now, place), () -> added(now, place));
        }
        for (int i : pairs.removed()) {
            Deadline old = before.get(i);
            findings.add(
                    Kind.DEADLINE,
                    step.at("on_timeout[" + i + "]"),
                    "change.deadline_removed",
                    both.before().duration(old.after()),
                    both.before().phrase(old.action(), old.config(), step.step()).words(),
                    step.name());
        }
    }

    private static boolean areSame(Deadline one, Deadline other) {
        return one.after().equals(other.after())
                && one.action().equals(other.action())
                && one.thenContinue() == other.thenContinue()
                && one.config().source().equals(other.config().source());
    }

    private void added(Deadline deadline, Place place) {
        boolean alone = deadline.action().equals(AUTO_APPROVE);
        findings.add(
                alone,
                Kind.DEADLINE,
                place,
                alone ? "change.auto_added" : "change.deadline_added",
                both.after().duration(deadline.after()),
                both.after().phrase(deadline.action(), deadline.config(), place.step()).words(),
                place.name());
    }

    private void deadline(Deadline old, Deadline now, Place place) {
        int order = now.after().compareTo(old.after());
        if (order != 0) {
            boolean sooner = order < 0;
            findings.add(
                    sooner && now.action().equals(AUTO_APPROVE),
                    Kind.DEADLINE,
                    place.at("after"),
                    sooner ? "change.deadline_shortened" : "change.deadline_lengthened",
                    both.before().duration(old.after()),
                    both.after().duration(now.after()),
                    place.name());
        }
        if (old.thenContinue() != now.thenContinue()) {
            String key = now.thenContinue() ? "change.deadline_continue" : "change.deadline_fail";
            findings.add(Kind.DEADLINE, place.at("then"), key, place.name(), both.after().duration(now.after()));
        }
        new ConfigChanges(both)
                .compare(now.action(), old.config(), now.config(), place.at("config"), place.step().orElse(""));
    }

    void handlers(Handlers before, Handlers after, Place place, Kind kind) {
        Pairs<Handler> pairs = Pairs.of(
                before.list(), after.list(), TroubleChanges::areSame, (a, b) -> a.action().equals(b.action()));
        String where = kind == Kind.ON_ERROR ? "change.handler" : "change.on_failure";
        for (int i = 0; i < after.list().size(); i++) {
            Handler now = after.list().get(i);
            Place entry = new Place(place.path() + "[" + i + "]", place.step(), place.name(), place.approval());
            Optional<Handler> old = pairs.partner(i).map(before.list()::get);
            if (old.isPresent()) {
                new ConfigChanges(both)
                        .compare(
                                now.action(), old.get().config(), now.config(), entry.at("config"), place.step().orElse(""));
            } else {
                String words = both.after().phrase(now.action(), now.config(), place.step()).words();
                findings.add(kind, entry, where + "_added", place.name(), words);
            }
        }
        for (int i : pairs.removed()) {
            Handler old = before.list().get(i);
            Place entry = new Place(place.path() + "[" + i + "]", place.step(), place.name(), place.approval());
            String words = both.before().phrase(old.action(), old.config(), place.step()).words();
            findings.add(kind, entry, where + "_removed", place.name(), words);
        }
        if (pairs.isMoved()) {
            findings.add(kind, place, where + "_order", place.name());
        }
        then(before, after, place, kind);
    }

    private void then(Handlers before, Handlers after, Place place, Kind kind) {
        if (before.thenContinue() != after.thenContinue()) {
            boolean goesOn = after.thenContinue();
            String key = goesOn ? "change.handler_continue" : "change.handler_stop";
            if (goesOn && before.isNone() && after.list().isEmpty()) {
                key = "change.handler_continue.all";
            }
            if (after.isNone() && before.list().isEmpty()) {
                key = place.approval() ? "change.handler_none.approval" : "change.handler_none";
            }
            findings.add(goesOn && place.approval(), kind, place, key, place.name());
        }
    }

    private static boolean areSame(Handler one, Handler other) {
        return one.action().equals(other.action())
                && one.config().source().equals(other.config().source());
    }
}
