package dev.millrace.engine.core;

import dev.millrace.engine.Directory;
import dev.millrace.engine.EventTypes;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.action.WaitingAction;
import dev.millrace.engine.execution.WaitKeyText;
import dev.millrace.engine.execution.WaitRows;
import dev.millrace.language.PureActions;
import dev.millrace.language.WaitKey;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Waits for an event. What the event must have in one field is known from the start, and found by an index. */
@Named(
        value = "core.wait_for_event",
        module = "core",
        description = "Waits for an event whose payload satisfies a condition.",
        failures = "wait_timed_out")
public final class WaitForEvent implements WaitingAction<WaitForEvent.Config, WaitForEvent.Output> {
    private final WaitRows rows;
    private final EventTypes events;
    private final Directory directory;
    private final Runnable lookBack;

    /** @param lookBack what to do once a wait is committed */
    public WaitForEvent(WaitRows rows, EventTypes events, Directory directory, Runnable lookBack) {
        this.rows = rows;
        this.events = events;
        this.directory = directory;
        this.lookBack = lookBack;
    }

    /** From when on events count. */
    enum Since {
        NOW,
        TRIGGER
    }

    record Config(
            @Describe(value = "Known event of this tenant", as = Describe.As.EVENT)
            String event,

            @Describe(
                    value = "Sees event (the candidate), trigger, steps; e.g. event.purchase_order_id == trigger.id",
                    as = Describe.As.EXPRESSION)
            String match,

            @Describe(
                    value = "Now, trigger: also consider events that arrived since the trigger",
                    byDefault = "\"now\"")
            Optional<Since> since) {}

    record Output(
            @Describe("The event's id") String eventId,
            @Describe("Typed by the event") Map<String, JsonNode> payload) {}

    @Override
    public Wait<Output> begin(Tx tx, WaitContext context, Config config) {
        boolean known = events.find(config.event())
                .filter(type -> directory.modules(tx).contains(type.module()))
                .isPresent();
        if (!known) {
            throw ActionFailure.permanent(
                    "unknown_event", "Expected an event of this company's modules but got '" + config.event() + "'");
        }
        WaitKey key = WaitKey.of(PureActions.parsed(config.match()))
                .orElseThrow(() -> ActionFailure.permanent(
                        "wait_match_too_broad",
                        "Expected 'event.<field> == <value>' in match, joined to the rest by 'and', but got "
                                + config.match()));
        JsonNode value = context.evaluate(key.value());
        rows.register(
                tx,
                new WaitRows.NewWait(
                        context.executionId(),
                        context.stepId(),
                        config.event(),
                        WaitRows.path(key.path()),
                        WaitKeyText.of(value).orElse("none"),
                        config.match(),
                        config.since().filter(Since.TRIGGER::equals).isPresent(),
                        context.triggeredAt()));
        tx.afterCommit(lookBack);
        return new Wait.UntilTold<>(tx.now().plus(NodeSettings.DEFAULT_EXPIRY));
    }
}
