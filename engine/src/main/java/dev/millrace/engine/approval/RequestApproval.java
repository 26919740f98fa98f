package dev.millrace.engine.approval;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Describe.As;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.action.WaitingAction;
import dev.millrace.engine.approval.ApprovalRows.End;
import dev.millrace.engine.approval.Request.Timing;
import dev.millrace.language.BusinessCalendar;
import dev.millrace.language.Deadline;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a role or a person; the step waits until one of them has decided. */
@Named(
        value = "erp.approval.request",
        module = "core",
        description = "Asks a role or a person to approve; the execution parks until decided.",
        failures = {"approval_rejected", "approval_expired", "user_unknown"})
public final class RequestApproval implements WaitingAction<RequestApproval.Config, RequestApproval.Output> {
    /** Fields of a trigger's payload that name who asks, the first that is there. */
    private static final List<String> REQUESTER_FIELDS =
            List.of("requested_by", "submitted_by", "prepared_by", "changed_by", "created_by");

    /** Reminders more often than this are noise. */
    private static final Duration REMIND_LEAST = Duration.ofMinutes(15);

    private final Directory directory;
    private final ApprovalRows rows;
    private final Approvers approvers;
    private final Supplier<UUID> ids;

    public RequestApproval(Directory directory, ApprovalRows rows, Approvers approvers, Supplier<UUID> ids) {
        this.directory = directory;
        this.rows = rows;
        this.approvers = approvers;
        this.ids = ids;
    }

    public record Config(
            @Describe(value = "The role that is asked", as = As.ROLE, oneOf = "asked")
            Optional<String> role,

            @Describe(value = "The person who is asked: id or e-mail", as = As.MEMBER, oneOf = "asked")
            Optional<String> user,

            @Describe(value = "What kind of document this is about", as = As.ENTITY)
            Optional<String> entityType,

            @Describe("The document") Optional<UUID> entityId,
            @Describe(value = "What it is worth", least = 0) Optional<BigDecimal> amount,

            @Describe(value = "Of the amount; the company's own if not given", as = As.CURRENCY)
            Optional<String> currency,

            @Describe(value = "What the approver reads", least = 1, most = 2000)
            Optional<String> message,

            @Describe(value = "Who asks, and may never decide it; taken from the trigger if not given", as = As.MEMBER)
            Optional<String> requester,

            @Describe(value = "These may not decide", as = As.MEMBER, orSingle = true)
            Optional<List<String>> excludeUsers,

            @Describe(value = "How many different people must approve", least = 1, most = 10, byDefault = "1")
            Optional<Integer> minApprovals,

            @Describe(
                    value = "How on_timeout.after is counted: every hour, or the company's working hours",
                    byDefault = "\"elapsed\"")
            Optional<Counting> calendar,

            @Describe("Reminds those who may still decide this often; 15m at least")
            Optional<Duration> remindEvery) {}

    /** Which hours count. */
    public enum Counting {
        ELAPSED,
        BUSINESS
    }

    public record Output(
            @Describe("The request that was decided") UUID approvalId,
            @Describe("approved; a rejection is a failure") String decision,
            @Describe("Member id, or system") String decidedBy,
            @Describe("When") Instant decidedAt,
            @Describe("What the decider wrote") Optional<String> comment,

            @JsonProperty("auto") @Describe("Approved by a rule when time had passed")
            boolean auto,

            @Describe("It was passed on to a higher role") boolean escalated,

            @Describe("1 for the first role asked, one more for each escalation")
            int level) {}

    @Override
    public Wait<Output> begin(Tx tx, WaitContext context, Config config) {
        Optional<Member> requester = requester(tx, context, config);
        Optional<Member> user = config.user().map(u -> known(tx, u, "user"));
        List<UUID> exclude = config.excludeUsers().orElse(List.of()).stream()
                .map(u -> known(tx, u, "exclude_users").id())
                .toList();
        Optional<EntityCard> card =
                config.entityType().flatMap(type -> config.entityId().flatMap(id -> card(tx, type, id)));
        List<Instant> deadlines = deadlines(tx, context, config);
        var request = new Request(
                ids.get(),
                context.executionId(),
                context.stepId(),
                context.definitionId(),
                context.workflowName(),
                context.workflowVersion(),
                config.role(),
                user.map(Member::id),
                config.minApprovals().orElse(1),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "pending",
                config.entityType(),
                config.entityId(),
                card.map(EntityCard::label),
                config.amount(),
                config.currency()
                        .or(() -> config.amount().map(a -> context.tenant().currency())),
                requester.map(Member::id),
                requester.map(Member::name),
                exclude,
                config.message(),
                false,
                card.map(c -> Snapshots.of(c, List.of())),
                context.waitingSince(),
                DeadlineTimes.expiry(context.step(), deadlines, 0, context.waitingSince()),
                new Timing(deadlines, config.remindEvery(), config.remindEvery().map(context.waitingSince()::plus)),
                Optional.empty());
        return ask(tx, context, request);
    }

    private Optional<EntityCard> card(Tx tx, String type, UUID id) {
        rows.takeTurns(tx, type, id);
        return directory.card(tx, type, id);
    }

    private List<Instant> deadlines(Tx tx, WaitContext context, Config config) {
        config.remindEvery().filter(every -> every.compareTo(REMIND_LEAST) < 0).ifPresent(every -> {
            throw ActionFailure.permanent(
                    "config_invalid", "Expected remind_every of 15m or more but got " + every.toSeconds() + "s");
        });
        Instant since = context.waitingSince();
        List<Deadline> entries = context.step().onTimeout();
        if (entries.isEmpty() || config.calendar().orElse(Counting.ELAPSED) == Counting.ELAPSED) {
            return entries.stream().map(d -> since.plus(d.after())).toList();
        }
        BusinessCalendar calendar = directory.calendar(tx);
        return entries.stream().map(d -> calendar.plus(since, d.after())).toList();
    }

    private Wait<Output> ask(Tx tx, WaitContext context, Request request) {
        List<Member> people = approvers.toTell(tx, request);
        if (!people.isEmpty()) {
            rows.insert(tx, request);
            Messages.ask(tx, directory, people, request);
            return decision(request, 0);
        }
        Optional<Integer> escalation = firstEscalation(context.step().onTimeout());
        if (escalation.isEmpty()) {
            Request stuck = Requests.nobody(request);
            rows.insert(tx, stuck);
            Escalation.journalStuck(tx, context, stuck);
            return decision(stuck, 0);
        }
        return passOn(tx, context, request, escalation.get());
    }

    private static Wait<Output> decision(Request request, int deadlinesPassed) {
        return new Wait.ForDecision<>(
                request.id(),
                deadlinesPassed,
                request.expiresAt(),
                DeadlineTimes.next(request.timing(), request.expiresAt(), deadlinesPassed));
    }

    /** Nobody of the first role may decide, so the next is asked at once and not after the deadline. */
    private Wait<Output> passOn(Tx tx, WaitContext context, Request request, int entry) {
        ObjectNode config = context.render(context.step().onTimeout().get(entry).config());
        rows.insert(tx, Requests.nobody(request));
        UUID id = ids.get();
        rows.end(tx, request.id(), End.of("expired", Actor.SYSTEM).escalatedTo(id));
        Request higher = new Escalation(directory, rows, approvers)
                .ask(tx, context, request, id, Escalation.Target.of(config), entry + 1);
        context.journal(
                tx,
                "workflow.escalated",
                "approval",
                higher.id(),
                Optional.of("pending"),
                Optional.of("pending"),
                "Nobody of " + request.asked() + " may decide this; " + higher.asked() + " is asked instead");
        return decision(higher, entry + 1);
    }

    private static Optional<Integer> firstEscalation(List<Deadline> entries) {
        for (int n = 0; n < entries.size(); n++) {
            if (entries.get(n).action().equals(EscalateApproval.NAME)) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    private Optional<Member> requester(Tx tx, WaitContext context, Config config) {
        if (config.requester().isPresent()) {
            return config.requester().map(r -> known(tx, r, "requester"));
        }
        var candidates = new ArrayList<String>();
        for (String field : REQUESTER_FIELDS) {
            JsonNode value = context.trigger().path(field);
            if (value.isString()) {
                candidates.add(value.stringValue());
            }
        }
        if (context.startedBy().isPerson()) {
            context.startedBy().id().ifPresent(candidates::add);
        }
        return candidates.stream()
                .flatMap(c -> directory.member(tx, c).stream())
                .findFirst();
    }

    private Member known(Tx tx, String idOrEmail, String field) {
        return directory
                .member(tx, idOrEmail)
                .orElseThrow(() -> ActionFailure.permanent(
                        "user_unknown",
                        "Expected the id or e-mail of a member at " + field + " but got '" + idOrEmail + "'"));
    }
}
