package dev.millrace.server.ledger;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Closing;
import dev.millrace.erp.Erp;
import dev.millrace.erp.FiscalPeriod;
import dev.millrace.erp.Periods;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounting periods: calendar months. */
@RestController
@RequestMapping("/api/v1/periods")
public class PeriodEndpoint {
    private final Engine engine;
    private final Periods periods;

    public PeriodEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.periods = erp.periods(engine.events(), trail);
    }

    record ClosePeriodForm(
            @Describe(value = "Accounts may still post", byDefault = "false")
            Optional<Boolean> soft) {}

    /**
     * @param unpostedDocuments of the month
     * @param changed false: it was so before
     */
    record ClosedPeriodBody(String period, FiscalPeriod.Status status, int unpostedDocuments, boolean changed) {}

    @Operation(summary = "Months into which something was posted, or that were closed; newest first")
    @Needs("erp:read:finance")
    @GetMapping
    Listing<FiscalPeriod> list(Caller caller) {
        return engine.run(caller.tenant(), tx -> new Listing<>(periods.list(tx), Optional.empty()));
    }

    @Operation(summary = "Close a month, for good or softly")
    @Needs("erp:write:finance")
    @PostMapping("/{period}/close")
    ClosedPeriodBody close(Caller caller, @PathVariable String period, @RequestBody Body<ClosePeriodForm> body) {
        String month = Filters.pathMonth(period).toString();
        boolean soft = body.read().soft().orElse(false);
        return engine.run(caller.tenant(), tx -> answer(periods.close(tx, month, soft, caller.actor())));
    }

    @Operation(summary = "Open a closed month again, the last one first; for administrators alone")
    @Needs("admin")
    @PostMapping("/{period}/reopen")
    ClosedPeriodBody reopen(Caller caller, @PathVariable String period) {
        return engine.run(caller.tenant(), tx -> answer(periods.open(tx, period, caller.actor())));
    }

    /**
     * @param to the last day on which nothing is posted any more; null: the books are not locked
     */
    record LockBody(Optional<LocalDate> to) {}

    record LockForm(
            @Describe("the last day on which nothing is posted any more; none: the books are not locked")
            Optional<LocalDate> to) {}

    @Operation(summary = "Up to which day the books are locked")
    @Needs("erp:read:finance")
    @GetMapping("/lock")
    LockBody locked(Caller caller) {
        return engine.run(caller.tenant(), tx -> new LockBody(periods.lockDate(tx)));
    }

    @Operation(summary = "Lock the books up to a day that is over, or unlock them; for administrators alone")
    @Needs("admin")
    @PutMapping("/lock")
    LockBody lock(Caller caller, @RequestBody Body<LockForm> body) {
        LockForm form = body.read();
        return engine.run(caller.tenant(), tx -> {
            try {
                periods.lockUpTo(tx, form.to(), caller.actor());
            } catch (PostingRefused refused) {
                throw Refusal.invalid(refused.code(), "to", String.valueOf(refused.getMessage()));
            }
            return new LockBody(form.to());
        });
    }

    private static ClosedPeriodBody answer(Closing closing) {
        return switch (closing) {
            case Closing.Done done ->
                new ClosedPeriodBody(
                        done.period().period(), done.period().status(), done.unpostedDocuments(), done.changed());
            case Closing.Invalid invalid -> throw Refusal.notFound();
            case Closing.AlreadyClosed closed ->
                throw Refusal.conflict(
                        "period_already_closed",
                        closed.period().period() + " is closed for good: an administrator opens it again first.");
            case Closing.PreviousOpen open ->
                throw Refusal.conflict(
                        "previous_period_open",
                        "Months are closed one after the other: close "
                                + open.previous().period() + " first.");
            case Closing.NextClosed next ->
                throw Refusal.conflict(
                        "next_period_closed",
                        "Months are opened one after the other, the last one first: open "
                                + next.next().period() + " first.");
            case Closing.Unposted unposted ->
                throw Refusal.conflict(
                        "unposted_documents",
                        "In " + unposted.period() + " " + unposted.documents()
                                + " documents are still to be posted: post or take them back first, or close it softly.");
        };
    }
}
