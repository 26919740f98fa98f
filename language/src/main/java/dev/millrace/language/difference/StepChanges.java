package dev.millrace.language.difference;

import dev.millrace.language.Change.Kind;
import dev.millrace.language.Definition;
import dev.millrace.language.ForEach;
import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import dev.millrace.language.difference.Findings.Place;
import dev.millrace.language.words.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One step that is in both versions. */
final class StepChanges {
    private final Both both;
    private final Findings findings;
    private final Definition before;
    private final Definition after;

    StepChanges(Both both, Definition before, Definition after) {
        this.both = both;
        this.findings = both.findings();
        this.before = before;
        this.after = after;
    }

    void compare(Step old, Step now, Place place) {
        if (old.action().equals(now.action())) {
            new ConfigChanges(both).compare(old.action(), old.config(), now.config(), place.at("config"), now.id());
        } else {
            findings.add(
                    Wording.isApproval(old),
                    Kind.ACTION,
                    place.at("action"),
                    "change.action",
                    place.name(),
                    both.after().phrase(now).words(),
                    both.before().phrase(old).words());
        }
        dependencies(old, now, place.at("depends_on"));
        new ConditionChanges(both)
                .compare(old.condition(), now.condition(), place.at("condition"), "change.condition", place.approval());
        if (old.passIfSkipped() != now.passIfSkipped()) {
            String key = now.passIfSkipped() ? "change.pass" : "change.block";
            findings.add(Kind.IF_SKIPPED, place.at("if_skipped"), key, place.name());
        }
        forEach(old, now, place);
        timeout(old.timeout(), now.timeout(), place.at("timeout"));
        retry(old.retry(), now.retry(), place.at("retry"));
        TroubleChanges trouble = new TroubleChanges(both);
        trouble.deadlines(old.onTimeout(), now.onTimeout(), place);
        trouble.handlers(old.onError(), now.onError(), place.at("on_error"), Kind.ON_ERROR);
    }

    private void dependencies(Step old, Step now, Place place) {
        Set<String> lost = approvals(before, old);
        lost.removeAll(approvals(after, now));
        lost.removeIf(id -> after.step(id).isEmpty());
        for (String id : now.dependsOn()) {
            if (!old.dependsOn().contains(id)) {
                findings.add(
                        Kind.DEPENDENCIES, place, "change.depends_added", place.name(), both.after().step(id));
            }
        }
        for (String id : old.dependsOn()) {
            if (!now.dependsOn().contains(id)) {
                String key = now.dependsOn().isEmpty() ? "change.depends_none" : "change.depends_removed";
                findings.add(
                        !lost.isEmpty(), Kind.DEPENDENCIES, place, key, place.name(), both.before().step(id));
            }
        }
    }

    /** The approvals that lie before the step. */
    private static Set<String> approvals(Definition definition, Step step) {
        Set<String> seen = new HashSet<>();
        List<String> next = new ArrayList<>(step.dependsOn());
        while (!next.isEmpty()) {
            String id = next.removeLast();
            if (seen.add(id)) {
                definition.step(id).ifPresent(found -> next.addAll(found.dependsOn()));
            }
        }
        return seen.stream()
                .filter(id -> definition.step(id).filter(Wording::isApproval).isPresent())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void forEach(Step old, Step now, Place place) {
        Optional<ForEach> a = old.forEach();
        Optional<ForEach> b = now.forEach();
        if (a.isEmpty() && b.isEmpty()) {
            return;
        }
        if (b.isEmpty()) {
            findings.add(Kind.FOR_EACH, place.at("for_each"), "change.for_each.removed", place.name());
            return;
        }
        String list = both.after().value(b.get().list());
        if (a.isEmpty()) {
            findings.add(Kind.FOR_EACH, place.at("for_each"), "change.for_each.added", place.name(), list);
            return;
        }
        if (!Wording.areSame(a.get().list(), b.get().list())) {
            String earlier = both.before().value(a.get().list());
            findings.add(Kind.FOR_EACH, place.at("for_each"), "change.for_each", place.name(), list, earlier);
        }
        if (a.get().maxParallel() != b.get().maxParallel()) {
            findings.add(
                    Kind.FOR_EACH,
                    place.at("max_parallel"),
                    "change.max_parallel",
                    Integer.toString(a.get().maxParallel()),
                    Integer.toString(b.get().maxParallel()),
                    place.name());
        }
    }

    private void timeout(Optional<Duration> old, Optional<Duration> now, Place place) {
        if (old.equals(now)) {
            return;
        }
        String a = old.map(both.before()::duration).orElse("");
        String b = now.map(both.after()::duration).orElse("");
        String key = now.isEmpty() ? "change.timeout.removed" : old.isEmpty() ? "change.timeout.added" : "change.timeout";
        findings.add(Kind.TIMEOUT, place, key, place.name(), b, a);
    }

    private void retry(Retry old, Retry now, Place place) {
        if (old.maxAttempts() != now.maxAttempts()) {
            findings.add(
                    Kind.RETRY,
                    place,
                    "change.retry",
                    place.name(),
                    Integer.toString(now.maxAttempts()),
                    Integer.toString(old.maxAttempts()));
        }
        boolean samePace = old.initialDelay().equals(now.initialDelay())
                && old.maxDelay().equals(now.maxDelay())
                && old.multiplier() == now.multiplier();
        if (!samePace) {
            findings.add(
                    Kind.RETRY,
                    place,
                    "change.retry.pace",
                    place.name(),
                    both.after().duration(now.initialDelay()),
                    java.math.BigDecimal.valueOf(now.multiplier()).stripTrailingZeros().toPlainString(),
                    both.after().duration(now.maxDelay()));
        }
    }

    /** Deadlines and handlers in a form that can be compared. */
    static List<Object> entries(Step step) {
        List<Object> entries = new ArrayList<>();
        step.onTimeout()
                .forEach(d -> entries.add(List.of(d.after(), d.action(), d.config().source(), d.thenContinue())));
        step.onError().list().forEach(h -> entries.add(List.of(h.action(), h.config().source())));
        entries.add(step.onError().thenContinue());
        return entries;
    }
}
