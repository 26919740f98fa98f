package dev.millrace.server.sales;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.NewPriceChange;
import dev.millrace.erp.PriceChange;
import dev.millrace.erp.PriceChanges;
import dev.millrace.erp.PriceDecision;
import dev.millrace.erp.PriceRequest;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Hand;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.request.ReasonForm;
import dev.millrace.server.security.Asked;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Selling prices that somebody wants. A workflow decides on them, or a hand where none does. */
@RestController
@RequestMapping("/api/v1/price-changes")
public class PriceChangeEndpoint {
    private static final String READ_ALL = "erp:read:sales";
    private static final String WRITE_ALL = "erp:write:sales";

    private final Engine engine;
    private final PriceChanges changes;
    private final Asked asked;

    public PriceChangeEndpoint(Engine engine, Erp erp, Trail trail, Asked asked) {
        this.engine = engine;
        this.changes = erp.priceChanges(engine.events(), engine.documents(), trail);
        this.asked = asked;
    }

    /** A price as it is asked for. */
    record PriceChangeForm(
            @Describe("or item_code") Optional<UUID> itemId,
            @Describe("or item_id") Optional<String> itemCode,

            @Describe("without tax, in the company's own currency")
            BigDecimal newPrice,

            @Describe("from which day on; today when absent")
            Optional<LocalDate> effectiveDate,

            @Describe("why") Optional<String> reason) {
        NewPriceChange change() {
            return new NewPriceChange(itemId, itemCode, newPrice, effectiveDate, reason);
        }
    }

    /**
     * Prices are texts, without tax, in the company's own currency.
     *
     * @param oldPrice 0: it was not sold
     * @param marginPercentAfter null: nobody knows what the item costs
     * @param inForceAt when the item took the price over; null: not yet
     * @param executions that decide on it; only in the answer to its request
     */
    record PriceChangeBody(
            UUID id,
            PriceChange.Status status,
            UUID itemId,
            String itemCode,
            String itemName,
            String oldPrice,
            String newPrice,
            String changePercent,
            Optional<String> marginPercentAfter,
            LocalDate effectiveDate,
            Optional<String> reason,
            UUID requestedBy,
            String requestedByName,
            Optional<Instant> decidedAt,
            Optional<String> decidedBy,
            Optional<String> decideReason,
            Optional<Instant> inForceAt,
            Instant createdAt,
            Optional<List<UUID>> executions) {
        static PriceChangeBody of(PriceChange change) {
            return of(change, Optional.empty());
        }

        static PriceChangeBody of(PriceChange change, Optional<List<UUID>> executions) {
            return new PriceChangeBody(
                    change.id(),
                    change.status(),
                    change.item(),
                    change.itemCode(),
                    change.itemName(),
                    change.oldPrice().toPlainString(),
                    change.newPrice().toPlainString(),
                    change.changePercent().toPlainString(),
                    change.marginPercent().map(BigDecimal::toPlainString),
                    change.effectiveDate(),
                    change.reason(),
                    change.requester().id(),
                    change.requester().name(),
                    change.decidedAt(),
                    change.decidedBy(),
                    change.decideReason(),
                    change.inForceAt(),
                    change.createdAt(),
                    executions);
        }
    }

    @Operation(summary = "Ask for another selling price of an item")
    @Needs("erp:create:sales")
    @PostMapping
    ResponseEntity<PriceChangeBody> request(Caller caller, @RequestBody Body<PriceChangeForm> body) {
        NewPriceChange wanted = body.read().change();
        PriceChangeBody answer =
                engine.run(caller.tenant(), tx -> switch (changes.request(tx, wanted, caller.actor())) {
                    case PriceRequest.Requested requested ->
                        PriceChangeBody.of(requested.change(), Optional.of(requested.executions()));
                    case PriceRequest.Refused refused -> throw InvalidInput.of(refused.problems());
                });
        return ResponseEntity.created(URI.create("/api/v1/price-changes/" + answer.id()))
                .body(answer);
    }

    /** Only by somebody else than who asked for it. A change that is applied stays as it is. */
    @Operation(summary = "Apply a change by hand, on which no workflow decides, from its day on; never one's own")
    @Needs(WRITE_ALL)
    @PostMapping("/{id}/approve")
    PriceChangeBody approve(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            PriceChange change = changes.get(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            var byHand = changes.approve(tx, change.id(), caller.actor());
            return decided(Hand.outcome(byHand, "the price of " + change.itemCode()));
        });
    }

    /** Also by who asked for it. A workflow that decides on it ends. */
    @Operation(summary = "Refuse a change by hand; who is asked about it is asked no more")
    @Needs(WRITE_ALL)
    @PostMapping("/{id}/reject")
    PriceChangeBody reject(Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body) {
        return engine.run(caller.tenant(), tx -> {
            PriceChange change = changes.get(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            return decided(changes.reject(tx, change.id(), body.read().reason(), caller.actor()));
        });
    }

    private static PriceChangeBody decided(PriceDecision decision) {
        return switch (decision) {
            case PriceDecision.Decided decided -> PriceChangeBody.of(decided.change());
            case PriceDecision.NotFound none -> throw Refusal.notFound();
            case PriceDecision.WrongState wrong ->
                throw Refusal.conflict(
                        "wrong_state",
                        "The change of the price of " + wrong.change().itemCode() + " is "
                                + wrong.change().status().name().toLowerCase(Locale.ROOT)
                                + " already: ask for another one.");
        };
    }

    @Operation(summary = "Changes of selling prices, newest first")
    @Needs("erp:read:own")
    @GetMapping
    Listing<PriceChangeBody> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "item_id", required = false) @Nullable String item,
            @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, PriceChange.Status.class);
        Optional<UUID> of = Optional.ofNullable(item).map(Filters::id);
        Optional<UUID> requester = caller.may(READ_ALL) ? Optional.empty() : Optional.of(caller.id());
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> changes.get(tx, id)).map(PriceChange::id);
            return Listing.of(
                    changes.list(tx, of, wanted, requester, before, page.fetch()),
                    page,
                    PriceChange::id,
                    PriceChangeBody::of);
        });
    }

    @Operation(summary = "A change of a selling price")
    @Needs("erp:read:own")
    @GetMapping("/{id}")
    PriceChangeBody get(Caller caller, @PathVariable String id) {
        return engine.run(
                caller.tenant(),
                tx -> changes.get(tx, Filters.id(id))
                        .filter(change -> caller.may(READ_ALL)
                                || change.requester().id().equals(caller.id())
                                || asked.isAsked(tx, caller, change.id()))
                        .map(PriceChangeBody::of)
                        .orElseThrow(Refusal::notFound));
    }
}
