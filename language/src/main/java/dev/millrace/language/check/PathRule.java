package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Policies.ApprovalAbove;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Amounts.Above;
import dev.millrace.language.check.Documents.Document;
import dev.millrace.language.check.Outline.HandlersOutline;
import dev.millrace.language.check.Outline.StepOutline;
import dev.millrace.language.check.Outline.Where;
import dev.millrace.language.policy.Course;
import dev.millrace.language.policy.Course.Point;
import dev.millrace.language.policy.Paths;
import dev.millrace.language.policy.Way;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is posted or paid above a limit was approved before, on every way that leads to it. */
final class PathRule {
    private final Outline outline;
    private final Catalogue catalogue;
    private final Findings findings;
    private final Paths paths;
    private final Documents documents;
    private final Amounts amounts;
    private final Approvals approvals;
    private final WayWords words;

    PathRule(Outline outline, Dependencies dependencies, Catalogue catalogue, Findings findings) {
        this.outline = outline;
        this.catalogue = catalogue;
        this.findings = findings;
        this.paths = new Paths(course(outline, dependencies.byId()));
        this.documents = new Documents(outline.trigger(), catalogue);
        this.amounts = new Amounts(documents, catalogue.currency());
        this.approvals = new Approvals(outline.steps());
        this.words = new WayWords(outline, catalogue.currency());
    }

    void check() {
        for (ApprovalAbove policy : catalogue.policies().approvalAbove()) {
            Uses.of(outline)
                    .filter(each ->
                            each.use().action().text().filter(policy::covers).isPresent())
                    .forEach(each -> each.use().type().ifPresent(type -> check(each, type, policy)));
        }
    }

    private void check(Uses each, ActionType type, ApprovalAbove policy) {
        Optional<Above> above = amounts.above(
                each.use(), type, policy.amount(), policy.actions().contains(type.name()));
        if (above.isEmpty() || findings.isFull()) {
            return;
        }
        Set<Document> about = documents.of(each.use());
        BitSet counted = approvals.of(about);
        if (each.step().isEmpty()) {
            report(each, policy, above.get(), "trigger → the execution fails → on_failure", about);
            return;
        }
        int step = each.step().get().index();
        Optional<Way> way =
                paths.without(step, counted, policy.levels(), above.get().amount());
        way.ifPresent(found -> report(
                each,
                policy,
                above.get(),
                words.spelled(found) + handler(each.use().where()),
                about));
    }

    private static String handler(Where where) {
        return switch (where) {
            case STEP, ON_FAILURE -> "";
            case ON_TIMEOUT -> " → its deadline passes → on_timeout";
            case ON_ERROR -> " → it fails or is refused → on_error";
        };
    }

    private void report(Uses each, ApprovalAbove policy, Above above, String way, Set<Document> about) {
        Spot action = each.use().action();
        String needed = policy.levels() == 1 ? "an approval" : policy.levels() + " approvals";
        findings.error(
                ProblemCode.APPROVAL_MISSING_ON_PATH,
                action.path(),
                "Expected " + needed + " before " + action.text().orElse("") + " at " + action.shown()
                        + " on every way, as this company's policy asks above "
                        + words.money(policy.amount()) + ", but there is a way without: " + way + ": "
                        + action.text().orElse("") + " with " + above.shown() + "; "
                        + advice(each, about) + ".");
    }

    /** An approval that is there but does not count is what the author overlooked. */
    private String advice(Uses each, Set<Document> about) {
        return outline.steps().stream()
                .filter(step -> each.step().filter(step::equals).isEmpty())
                .filter(Approvals::asks)
                .filter(step -> step.id().isPresent())
                .flatMap(step -> approvals
                        .objection(step, about)
                        .map(why -> "'" + step.id().orElse("") + "' does not count because " + why)
                        .stream())
                .findFirst()
                .orElse("let it depend on an approval that is asked on this way too, and that stops it when refused");
    }

    private static Course course(Outline outline, Map<String, Integer> byId) {
        return new Course(
                outline.steps().stream().map(step -> point(step, byId)).toList());
    }

    private static Point point(StepOutline step, Map<String, Integer> byId) {
        List<Integer> before = step.dependsOn().stream()
                .flatMap(spot -> spot.text().map(byId::get).stream())
                .distinct()
                .toList();
        return new Point(
                step.id().orElse(""),
                before,
                step.condition().isPresent(),
                step.condition().flatMap(Outline.Condition::expression),
                step.spot().key("if_skipped").is("pass"),
                goesOn(step.onError()));
    }

    /** A handler that stops the execution leaves nothing to go on with. */
    private static boolean goesOn(HandlersOutline handlers) {
        return handlers.thenContinue()
                && handlers.uses().stream().noneMatch(use -> use.action().is("core.stop"));
    }
}
