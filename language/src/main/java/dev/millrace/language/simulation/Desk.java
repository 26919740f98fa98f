package dev.millrace.language.simulation;

import dev.millrace.language.BusinessCalendar;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Fitted;
import dev.millrace.language.Planner;
import dev.millrace.language.Scope;
import dev.millrace.language.Script.Answer;
import dev.millrace.language.Script.Decision;
import dev.millrace.language.Shapes;
import dev.millrace.language.StepError;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks for approvals and lets the script decide them. */
final class Desk {
    static final String ESCALATE = "erp.approval.escalate";
    static final String AUTO_APPROVE = "erp.approval.auto_approve";

    /** Fields of a trigger's payload that name who asks, the first that is there. */
    private static final List<String> REQUESTER_FIELDS =
            List.of("requested_by", "submitted_by", "prepared_by", "changed_by", "created_by");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final World world;

    Desk(World world) {
        this.world = world;
    }

    void ask(Unit unit, ObjectNode config, Scope scope) {
        Wait wait = config.path("calendar").asString("").equals("business")
                ? new Wait(unit, world.now, work -> usualHours().plus(world.now, work))
                : new Wait(unit, world.now);
        var question = Request.Question.of(
                config, requester(config), world.prepared.catalogue().currency());
        request(wait, question, 1, 0, wait.expiresAt(0, world.now));
        world.waiting(unit, wait);
        passOnIfNobodyIsThere(wait, scope);
    }

    /** Not the company's holidays: a test says the same in every company and every year. */
    private BusinessCalendar usualHours() {
        return BusinessCalendar.usual(world.prepared.catalogue().zone());
    }

    /** A role without members is passed over at once, if there is somebody else to ask. */
    private void passOnIfNobodyIsThere(Wait wait, Scope scope) {
        Request request = wait.request.orElseThrow();
        boolean nobody = request.question
                .role()
                .filter(role -> world.prepared.catalogue().roles().getOrDefault(role, 1) == 0)
                .isPresent();
        for (int n = 0; nobody && n < wait.unit.deadlines().size(); n++) {
            if (wait.unit.deadlines().get(n).action().equals(ESCALATE)) {
                wait.passed = n;
                escalate(wait, config(wait, scope));
                return;
            }
        }
    }

    private Optional<String> requester(ObjectNode config) {
        return Stream.concat(
                        Stream.of(config.path("requester")),
                        REQUESTER_FIELDS.stream().map(world.trigger()::path))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .findFirst();
    }

    private void request(Wait wait, Request.Question question, int level, int number, Instant expiresAt) {
        var request = new Request(wait.unit.id(), question, level, number, world.now, expiresAt);
        world.requests.add(request);
        wait.request = Optional.of(request);
        wait.answer = nextAnswer(wait, request);
        world.say(wait.unit.id(), "asked", question.asked());
    }

    /** A request has as many answers of the script as it needs approvals; who is silent or too late gives none. */
    private Optional<Wait.Due> nextAnswer(Wait wait, Request request) {
        while (request.answersTaken < request.question.approvals()) {
            request.answersTaken++;
            Optional<Wait.Due> due = answer(wait.unit, wait.answersTaken++)
                    .filter(a -> a.decision() != Decision.SILENCE)
                    .map(a -> new Wait.Due(a, later(request.askedAt.plus(a.after()), world.now)))
                    .filter(d -> d.at().isBefore(request.expiresAt));
            if (due.isPresent()) {
                return due;
            }
        }
        return Optional.empty();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Optional<Answer> answer(Unit unit, int number) {
        Optional<List<Answer>> answers = world.scripted(world.script.approvals(), unit);
        return answers.isEmpty()
                ? Optional.of(Answer.of(Decision.APPROVE))
                : answers.get().stream().skip(number).findFirst();
    }

    /** The answer that is due now. */
    void decide(Wait wait) {
        Answer answer = wait.answer.orElseThrow().answer();
        Request request = wait.request.orElseThrow();
        wait.answer = Optional.empty();
        String by = answer.by().or(request.question::user).orElseGet(() -> somebody(request));
        boolean own = request.question.requester().filter(by::equals).isPresent()
                && !world.prepared.catalogue().policies().selfApproval();
        if (own || request.question.exclude().contains(by)) {
            unheard(wait, request, by + (own ? " asked for this" : " is left out of this decision"));
            return;
        }
        if (request.votes.contains(by)) {
            unheard(wait, request, by + " has approved already");
            return;
        }
        switch (answer.decision()) {
            case APPROVE -> vote(wait, request, by, answer);
            case REJECT -> reject(wait, request, by, answer);
            case RETURN -> sendBack(wait, request, by, answer);
            case SILENCE -> {}
        }
    }

    /** Whom the script does not name: a different one for each approval. */
    private static String somebody(Request request) {
        String asked = request.question.asked();
        int before = request.votes.size();
        return Plausible.id(before == 0 ? asked : asked + "/" + before).toString();
    }

    private void unheard(Wait wait, Request request, String why) {
        world.say(wait.unit.id(), "unheard", why);
        wait.answer = nextAnswer(wait, request);
    }

    private void vote(Wait wait, Request request, String by, Answer answer) {
        request.votes.add(by);
        if (request.votes.size() < request.question.approvals()) {
            world.say(
                    wait.unit.id(),
                    "counted",
                    by + ", " + request.votes.size() + " of " + request.question.approvals());
            wait.answer = nextAnswer(wait, request);
            return;
        }
        approve(wait, request, by, answer.comment(), false);
    }

    private void approve(Wait wait, Request request, String by, Optional<String> comment, boolean byRule) {
        request.decide("approved", by, comment, byRule, world.now);
        world.say(wait.unit.id(), "approved", by);
        ObjectNode output = JSON.objectNode();
        output.put("approval_id", request.id());
        output.put("decision", "approved");
        output.put("decided_by", by);
        output.put("decided_at", world.now.toString());
        comment.ifPresent(c -> output.put("comment", c));
        output.put("auto", byRule);
        output.put("escalated", request.level > 1);
        output.put("level", BigDecimal.valueOf(request.level));
        world.complete(wait.unit, output);
    }

    private void reject(Wait wait, Request request, String by, Answer answer) {
        request.decide("rejected", by, answer.comment(), false, world.now);
        world.say(wait.unit.id(), "rejected", by);
        ObjectNode details = JSON.objectNode();
        details.put("decided_by", by);
        details.put("decided_at", world.now.toString());
        details.put("comment", answer.comment().orElse(null));
        details.put("approval_id", request.id());
        String who = answer.by().orElse(request.question.asked());
        String message =
                "Rejected by " + who + answer.comment().map(c -> ": " + c).orElse("");
        int attempt = world.state(wait.unit.id()).attempt();
        world.fail(wait.unit, new StepError("approval_rejected", message, attempt, details));
    }

    /** Submitted again at once: the deadline goes on running. */
    private void sendBack(Wait wait, Request request, String by, Answer answer) {
        request.decide("returned", by, answer.comment(), false, world.now);
        world.say(wait.unit.id(), "returned", by);
        request(wait, request.question, request.level, request.number + 1, request.expiresAt);
    }

    /** An entry of {@code on_timeout} that decides about the request itself; empty, or why it could not. */
    Optional<String> decideByDeadline(Wait wait, Scope scope) {
        try {
            ObjectNode config = config(wait, scope);
            boolean escalates = wait.entry().orElseThrow().action().equals(ESCALATE);
            return escalates ? escalate(wait, config) : autoApprove(wait, config);
        } catch (EvaluationException e) {
            return Optional.of(e.reason());
        }
    }

    private ObjectNode config(Wait wait, Scope scope) {
        Unit entry = world.unit(Planner.onTimeoutId(wait.unit.id(), wait.passed));
        JsonNode rendered = entry.config().render(world.scope(entry, scope));
        Fitted input = Shapes.fit(rendered, entry.type().orElseThrow().config());
        if (!input.fits()) {
            Fitted.Misfit first = input.misfits().getFirst();
            throw new EvaluationException("config_invalid", first.path() + ": " + first.message(), 0);
        }
        world.began(entry, input.value());
        return input.value();
    }

    private Optional<String> escalate(Wait wait, ObjectNode target) {
        Request before = wait.request.orElseThrow();
        before.end("expired");
        wait.passed++;
        Request.Question higher = before.question.to(target);
        world.say(wait.unit.id(), "escalated", higher.asked());
        Instant expiresAt = wait.expiresAt(wait.passed, world.now);
        wait.lastResort = expiresAt;
        request(wait, higher, before.level + 1, before.number + 1, expiresAt);
        return Optional.empty();
    }

    private Optional<String> autoApprove(Wait wait, ObjectNode config) {
        Request request = wait.request.orElseThrow();
        Optional<BigDecimal> amount = request.question.amount();
        JsonNode most = config.path("max_amount");
        if (amount.isPresent() && most.isNumber() && amount.get().compareTo(most.decimalValue()) > 0) {
            return Optional.of("Expected at most " + most.decimalValue().toPlainString() + " but the request is for "
                    + amount.get().toPlainString());
        }
        if (amount.isPresent() && !world.prepared.catalogue().policies().autoApproveAmounts()) {
            return Optional.of("This company does not let anything with an amount be approved by the passing of time");
        }
        approve(wait, request, "system", config.path("reason").asStringOpt(), true);
        return Optional.empty();
    }
}
