package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Durations;
import dev.millrace.language.EventType;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.StepOutline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An approval that is asked for has a requester, somebody else to ask in time, and a consequence. */
final class ApprovalRule {
    /** The fields of an event that tell who asks; the first that there is counts. */
    private static final List<String> REQUESTERS =
            List.of("requested_by", "submitted_by", "prepared_by", "changed_by", "created_by");

    /** Reminders more often than this are noise. */
    private static final Duration REMIND_LEAST = Duration.ofMinutes(15);

    private final Outline outline;
    private final Catalogue catalogue;
    private final Findings findings;

    ApprovalRule(Outline outline, Catalogue catalogue, Findings findings) {
        this.outline = outline;
        this.catalogue = catalogue;
        this.findings = findings;
    }

    void check() {
        Set<String> told = new HashSet<>();
        for (StepOutline step : outline.steps()) {
            if (Approvals.asks(step)) {
                escalation(step);
                requester(step);
                reminders(step);
                step.use()
                        .config()
                        .key("entity_type")
                        .text()
                        .filter(told::add)
                        .ifPresent(type -> consequence(step, type));
            }
        }
    }

    private void escalation(StepOutline step) {
        if (!step.spot().key("on_timeout").isGiven()) {
            findings.warning(
                    ProblemCode.APPROVAL_NOT_ESCALATED,
                    step.use().action().path(),
                    "Expected on_timeout beside the approval at " + step.spot().shown()
                            + " but nobody else is asked when it is not given in time; write on_timeout with after and"
                            + " the action " + Approvals.ESCALATE + ".");
        }
    }

    private void requester(StepOutline step) {
        boolean scheduled = outline.trigger().spot().key("schedule").isGiven();
        Optional<String> silent = outline.trigger().events().stream()
                .flatMap(event -> event.text().stream())
                .filter(this::namesNobody)
                .findFirst();
        if (step.use().config().key("requester").isGiven() || (!scheduled && silent.isEmpty())) {
            return;
        }
        String why = silent.map(event -> "the event " + event + " does not say who asks")
                .orElse("nobody starts a schedule");
        findings.warning(
                ProblemCode.REQUESTER_UNKNOWN,
                step.use().action().path(),
                "Expected the requester of the approval at " + step.spot().shown() + " but " + why
                        + "; write requester in its config, so that nobody approves an own request.");
    }

    private void reminders(StepOutline step) {
        step.use()
                .config()
                .key("remind_every")
                .text()
                .flatMap(Durations::parse)
                .filter(every -> every.compareTo(REMIND_LEAST) < 0)
                .ifPresent(every -> findings.error(
                        ProblemCode.OUT_OF_RANGE,
                        step.use().config().key("remind_every").path(),
                        "Expected reminders every 15m or less often but got every " + every.toSeconds()
                                + " s; write 15m or more.",
                        Optional.of("15m")));
    }

    private boolean namesNobody(String event) {
        Optional<EventType> type = Optional.ofNullable(catalogue.events().get(event));
        return type.filter(known -> !known.payload().open())
                .filter(known -> REQUESTERS.stream()
                        .noneMatch(field -> known.payload().field(field).isPresent()))
                .isPresent();
    }

    /** Only where the catalogue has an action for it: else there is nothing to be done. */
    private void consequence(StepOutline step, String type) {
        Optional<String> action = catalogue.actions().values().stream()
                .filter(known -> sets(known, type))
                .map(ActionType::name)
                .sorted()
                .findFirst();
        boolean done =
                Uses.of(outline).flatMap(each -> each.use().type().stream()).anyMatch(used -> sets(used, type));
        if (action.isPresent() && !done) {
            Spot at = step.use().config().key("entity_type");
            findings.warning(
                    ProblemCode.ENTITY_LEFT_PENDING,
                    at.path(),
                    "Expected a step that acts on the " + type.replace('_', ' ') + " approved at " + at.shown()
                            + " but there is none, so that it stays as it is; add one such as " + action.get() + ".");
        }
    }

    private static boolean sets(ActionType action, String type) {
        return action.effect().entity().filter(type::equals).isPresent();
    }
}
