package dev.millrace.language.difference;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Change;
import dev.millrace.language.Change.Kind;
import dev.millrace.language.Definition;
import dev.millrace.language.Step;
import dev.millrace.language.difference.Findings.Place;
import dev.millrace.language.wording.Wording;
import dev.millrace.language.words.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares two versions from top to bottom. */
public final class Comparison {
    private final Definition original;
    private final Definition before;
    private final Definition after;
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Findings findings;
    private final Both both;

    private Comparison(Definition original, Definition after, Catalogue catalogue) {
        this.original = original;
        this.after = after;
        this.before = Renames.apply(original, after, renamed);
        Messages messages = Messages.ENGLISH;
        this.findings = new Findings(messages);
        this.both =
                new Both(Wording.byId(messages, before, catalogue), Wording.byId(messages, after, catalogue), findings);
    }

    public static List<Change> between(Definition before, Definition after, Catalogue catalogue) {
        return new Comparison(before, after, catalogue).compare();
    }

    private List<Change> compare() {
        head();
        new TriggerChanges(both).compare(before.trigger(), after.trigger(), hasApprovals());
        concurrency();
        StepChanges steps = new StepChanges(both, before, after);
        for (int i = 0; i < after.steps().size(); i++) {
            Step step = after.steps().get(i);
            Place place = place(step, i);
            Optional.ofNullable(renamed.get(step.id()))
                    .ifPresent(old ->
                            findings.add(Kind.STEP_RENAMED, place.at("id"), "change.step_renamed", old, step.id()));
            before.step(step.id()).ifPresentOrElse(old -> steps.compare(old, step, place), () -> added(step, place));
        }
        Place failure =
                new Place("on_failure", Optional.empty(), findings.messages().say("change.at_failure"), false);
        new TroubleChanges(both).handlers(before.onFailure(), after.onFailure(), failure, Kind.ON_FAILURE);
        removed();
        order();
        return findings.changes();
    }

    private boolean hasApprovals() {
        return before.steps().stream().anyMatch(Wording::isApproval);
    }

    private Place place(Step step, int index) {
        return new Place(
                "steps[" + index + "]", Optional.of(step.id()), both.after().step(step.id()), Wording.isApproval(step));
    }

    private static Place root(String path) {
        return new Place(path, Optional.empty(), "", false);
    }

    private void head() {
        if (!before.name().equals(after.name())) {
            findings.add(Kind.NAME, root("name"), "change.name", before.name(), after.name());
        }
        if (!before.description().equals(after.description())) {
            String key = after.description().isEmpty() ? "change.description.removed" : "change.description";
            findings.add(
                    Kind.DESCRIPTION,
                    root("description"),
                    key,
                    after.description().orElse(""));
        }
        if (!before.enabled().equals(after.enabled())) {
            String key =
                    "change.enabled." + after.enabled().map(Object::toString).orElse("none");
            findings.add(Kind.ENABLED, root("enabled"), key);
        }
    }

    private void concurrency() {
        boolean same = before.concurrency().isPresent() == after.concurrency().isPresent()
                && before.concurrency()
                        .map(c -> c.onConflict())
                        .equals(after.concurrency().map(c -> c.onConflict()))
                && before.concurrency()
                        .map(c -> c.key().source())
                        .equals(after.concurrency().map(c -> c.key().source()));
        if (same) {
            return;
        }
        String key = after.concurrency()
                .map(c -> "change.concurrency." + c.onConflict().name().toLowerCase(java.util.Locale.ROOT))
                .orElse("change.concurrency.removed");
        String what = after.concurrency()
                .map(c -> both.after().text(c.key().source()))
                .orElse("");
        findings.add(Kind.CONCURRENCY, root("concurrency"), key, what);
    }

    private void added(Step step, Place place) {
        String words = both.after().phrase(step).words();
        String condition = step.condition().map(both.after()::condition).orElse("");
        findings.add(Kind.STEP_ADDED, place, "change.step_added", words, place.name(), condition);
    }

    private void removed() {
        List<Step> steps = original.steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (after.step(step.id()).isEmpty() && !renamed.containsValue(step.id())) {
                String words = both.before().phrase(step).words();
                boolean approval = Wording.isApproval(step);
                findings.add(
                        approval,
                        Kind.STEP_REMOVED,
                        place(step, i),
                        "change.step_removed",
                        words,
                        both.before().step(step.id()));
            }
        }
    }

    /** The order of the steps in the text; those that are in both. */
    private void order() {
        List<String> a = common(before, after);
        List<String> b = common(after, before);
        if (!a.equals(b)) {
            findings.add(Kind.ORDER, root("steps"), "change.order");
        }
    }

    private static List<String> common(Definition one, Definition other) {
        List<String> ids = new ArrayList<>();
        one.steps().forEach(step -> other.step(step.id()).ifPresent(found -> ids.add(found.id())));
        return ids;
    }
}
