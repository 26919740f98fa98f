package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.EventLog.Filter;
import dev.millrace.engine.StartedLater;
import dev.millrace.engine.StoredEvent;
import dev.millrace.engine.StoredEvent.Outcome;
import dev.millrace.engine.action.Describe;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starts many stored events later, after showing how many that would be. */
@RestController
public class EventBulkEndpoint {
    /** Events of one call: a bounded answer time; call again for the rest. */
    private static final int EVENTS_MOST = 1000;

    private static final int PAGE = 100;
    private static final int ANSWERED_MOST = 100;

    private final Engine engine;
    private final VisibleEvents visible;

    EventBulkEndpoint(Engine engine, VisibleEvents visible) {
        this.engine = engine;
        this.visible = visible;
    }

    /** Which events; those that are given must all hold. */
    record FilterForm(
            @Describe("the event's name") Optional<String> name,
            @Describe("the earliest time, inclusive") Optional<String> from,
            @Describe("the latest time, exclusive") Optional<String> to,

            @Describe("started, failed, declined or unmatched")
            Optional<String> outcome) {}

    record BulkForm(
            @Describe("which events") FilterForm filter,

            @Describe("true: only say how many executions it would start")
            Optional<Boolean> dryRun,

            @Describe("next of the answer before") Optional<UUID> behind) {}

    /**
     * @param events looked at, newest first
     * @param started executions started, or that would be
     * @param executions at most 100 of them; none in a dry run
     * @param next give it as {@code behind} for the events that this call did not come to; null at the end
     */
    record BulkBody(boolean dryRun, int events, int started, List<UUID> executions, Optional<UUID> next) {}

    @Operation(summary = "Start workflows for many stored events, with a count first")
    @Needs("workflow:run")
    @PostMapping("/api/v1/events/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    BulkBody start(Caller caller, @RequestBody Body<BulkForm> body) {
        BulkForm form = body.read();
        FilterForm wanted = form.filter();
        var filter = new Filter(
                visible.names(caller, wanted.name()),
                Filters.instant("filter.from", wanted.from().orElse(null)),
                Filters.instant("filter.to", wanted.to().orElse(null)),
                Filters.oneOf("filter.outcome", wanted.outcome().orElse(null), Outcome.class));
        boolean dryRun = form.dryRun().orElse(false);
        var work = new Work(caller, dryRun);
        Optional<UUID> behind = form.behind();
        while (work.events < EVENTS_MOST) {
            List<StoredEvent> page = page(caller, filter, behind);
            if (page.isEmpty()) {
                return work.answer(Optional.empty());
            }
            page.forEach(work::look);
            behind = Optional.of(page.getLast().id());
        }
        return work.answer(page(caller, filter, behind).isEmpty() ? Optional.empty() : behind);
    }

    private List<StoredEvent> page(Caller caller, Filter filter, Optional<UUID> behind) {
        return engine.run(caller.tenant(), tx -> engine.eventLog().list(tx, filter, behind, PAGE));
    }

    /** Each event in a transaction of its own: what is started stays started if a later one fails. */
    private final class Work {
        private final Caller caller;
        private final boolean dryRun;
        private final List<UUID> executions = new ArrayList<>();
        private int events;
        private int started;

        Work(Caller caller, boolean dryRun) {
            this.caller = caller;
            this.dryRun = dryRun;
        }

        void look(StoredEvent event) {
            events++;
            if (dryRun) {
                started += engine.run(caller.tenant(), tx -> engine.eventLog().wouldStart(tx, event));
                return;
            }
            StartedLater done =
                    engine.run(caller.tenant(), tx -> engine.eventLog().startLater(tx, event, caller.actor()));
            started += done.executions().size();
            done.executions().stream().limit(ANSWERED_MOST - executions.size()).forEach(executions::add);
        }

        BulkBody answer(Optional<UUID> next) {
            return new BulkBody(dryRun, events, started, executions, next);
        }
    }
}
