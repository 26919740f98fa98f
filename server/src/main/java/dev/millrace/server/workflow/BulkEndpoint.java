package dev.millrace.server.workflow;

import dev.millrace.engine.BulkAction;
import dev.millrace.engine.BulkAction.Asked;
import dev.millrace.engine.BulkAction.Kind;
import dev.millrace.engine.Engine;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Retries or cancels many executions, after showing how many that would be. */
@RestController
@RequestMapping("/api/v1/workflows/executions/bulk")
public class BulkEndpoint {
    private static final int SAMPLE_MOST = 10;
    private static final int IDS_MOST = 1000;

    private final Engine engine;

    BulkEndpoint(Engine engine) {
        this.engine = engine;
    }

    /** Which executions; those that are given must all hold. */
    record WhichExecutions(
            @Describe("running, waiting, awaiting_approval, completed, failed or cancelled")
            Optional<String> status,

            @Describe("succeeded, rejected, expired, stopped, failed, cancelled or skipped")
            Optional<String> outcome,

            @Describe("a name, every version of it") Optional<String> workflow,
            @Describe("of the definition") Optional<Integer> version,

            @Describe("of the execution's error") Optional<String> errorCode,

            @Describe("started at or after") Optional<String> from,
            @Describe("started before") Optional<String> to,
            @Describe("one of these, at most 1,000") Optional<List<UUID>> ids) {
        ExecutionFilter filter() {
            List<UUID> any = ids.orElse(List.of());
            if (any.size() > IDS_MOST || (ids.isPresent() && any.isEmpty())) {
                throw Refusal.invalid(
                        "out_of_range",
                        "filter.ids",
                        "Expected 1 to " + IDS_MOST + " ids but got " + any.size()
                                + ": leave the field out to filter by the others alone.");
            }
            return new ExecutionFilter(
                    Filters.text("filter.workflow", workflow.orElse(null)),
                    version,
                    Filters.oneOf("filter.status", status.orElse(null), ExecutionFilterForm.STATUSES),
                    Filters.oneOf("filter.outcome", outcome.orElse(null), ExecutionFilterForm.OUTCOMES),
                    Filters.text("filter.error_code", errorCode.orElse(null)),
                    Filters.instant("filter.from", from.orElse(null)),
                    Filters.instant("filter.to", to.orElse(null)),
                    any);
        }
    }

    record ManyForm(
            @Describe("which executions") WhichExecutions filter,
            @Describe("retry or cancel") String action,

            @Describe("true: only say how many executions it would concern")
            Optional<Boolean> dryRun,

            @Describe(value = "the count of the dry run; needed when it is none", least = 0)
            Optional<Integer> expected,

            @Describe("of a retry: same or latest; absent: same")
            Optional<String> version,

            @Describe(value = "for the journal", most = 2000)
            Optional<String> comment) {
        Kind kind() {
            return Filters.oneOf("action", action, Kind.class).orElseThrow();
        }

        boolean latest() {
            return Filters.oneOf("version", version.orElse(null), RetryEndpoint.VERSIONS)
                    .filter("latest"::equals)
                    .isPresent();
        }
    }

    /**
     * @param id where its progress is told; null of a dry run
     * @param sample of a dry run: the newest, at most ten
     */
    record ManyBody(Optional<UUID> id, int count, List<ExecutionItem> sample) {}

    record RefusedItem(UUID executionId, String code, String message) {}

    /**
     * @param count executions that it was asked for
     * @param refusals the first hundred, with what stood in the way
     */
    record ProgressBody(
            UUID id,
            String action,
            int count,
            int done,
            int refused,
            int pending,
            Instant createdAt,
            Optional<Instant> finishedAt,
            List<RefusedItem> refusals) {
        static ProgressBody of(BulkAction bulk) {
            return new ProgressBody(
                    bulk.id(),
                    bulk.kind().name().toLowerCase(Locale.ROOT),
                    bulk.total(),
                    bulk.done(),
                    bulk.refused(),
                    bulk.pending(),
                    bulk.createdAt(),
                    bulk.finishedAt(),
                    bulk.refusals().stream()
                            .map(no -> new RefusedItem(no.execution(), no.code(), no.message()))
                            .toList());
        }
    }

    /** What is worked off afterwards is what the filter finds now. */
    @Operation(summary = "Retry or cancel many executions")
    @Needs("workflow:run")
    @PostMapping
    ResponseEntity<ManyBody> start(Caller caller, @RequestBody Body<ManyForm> body) {
        ManyForm form = body.read();
        ExecutionFilter filter = form.filter().filter();
        Kind kind = form.kind();
        boolean latest = form.latest();
        if (form.dryRun().orElse(false)) {
            return ResponseEntity.ok(engine.run(caller.tenant(), tx -> look(tx, filter)));
        }
        int expected = form.expected()
                .orElseThrow(() -> Refusal.invalid(
                        "expected_missing",
                        "expected",
                        "Expected the count that you have seen: ask with dry_run first."));
        var order = new BulkAction.Order(filter, kind, latest, form.comment(), expected);
        ManyBody answer =
                engine.run(caller.tenant(), tx -> answer(engine.bulks().ask(tx, order, caller.actor())));
        return ResponseEntity.accepted()
                .location(URI.create(
                        "/api/v1/workflows/executions/bulk/" + answer.id().orElseThrow()))
                .body(answer);
    }

    private ManyBody look(Tx tx, ExecutionFilter filter) {
        return new ManyBody(
                Optional.empty(),
                engine.bulks().count(tx, filter),
                engine.executions().list(tx, filter, Optional.empty(), SAMPLE_MOST).stream()
                        .map(ExecutionItem::of)
                        .toList());
    }

    private static ManyBody answer(Asked asked) {
        return switch (asked) {
            case Asked.Accepted done -> new ManyBody(Optional.of(done.id()), done.count(), List.of());
            case Asked.CountChanged changed ->
                throw Refusal.conflict(
                                "count_changed",
                                "It would concern " + changed.count() + " executions now: look again before you go on.")
                        .with("count", changed.count());
            case Asked.NothingFound none ->
                throw Refusal.conflict("nothing_found", "No execution is found by this filter.");
            case Asked.TooMany many ->
                throw Refusal.conflict(
                        "too_many_executions",
                        "Expected at most " + many.most() + " executions: narrow the filter, by time for instance.");
        };
    }

    @Operation(summary = "How far a bulk action is")
    @Needs("workflow:read")
    @GetMapping("/{id}")
    ProgressBody progress(Caller caller, @PathVariable String id) {
        return engine.run(
                caller.tenant(),
                tx -> engine.bulks()
                        .find(tx, Filters.id(id))
                        .map(ProgressBody::of)
                        .orElseThrow(Refusal::notFound));
    }
}
