package dev.millrace.server.sales;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Confirming;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Holding;
import dev.millrace.erp.NotConfirmed;
import dev.millrace.erp.SalesCancelling;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrders;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Hand;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.ReasonForm;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What becomes of a sales order by hand, where no workflow decides on it. */
@RestController
@RequestMapping("/api/v1/sales-orders/{id}")
public class SalesOrderStateEndpoint {
    private static final String WRITE_ALL = "erp:write:sales";

    private final Engine engine;
    private final SalesOrders orders;

    public SalesOrderStateEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.orders = erp.salesOrders(engine.events(), engine.documents(), trail);
    }

    /** Within the customer's limit, whoever confirms it. An order that is confirmed stays as it is. */
    @Operation(
            summary =
                    "Confirm an order by hand, on which no workflow decides, or lift the hold of one that was confirmed")
    @Needs(WRITE_ALL)
    @PostMapping("/confirm")
    ResponseEntity<SalesOrderBody> confirm(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return change(caller, id, request, (tx, order) -> {
            var byHand = orders.confirm(tx, order.id(), caller.actor());
            return switch (Hand.outcome(byHand, "order " + order.number())) {
                case Confirming.Confirmed confirmed -> confirmed.order();
                case Confirming.NotFound none -> throw Refusal.notFound();
                case Confirming.WrongState wrong -> throw Refusal.conflict("wrong_state", notConfirmed(wrong.order()));
                case Confirming.OverLimit over -> throw refusal(over);
                case Confirming.CustomerBlocked blocked -> throw refusal(blocked);
                case Confirming.Insufficient lacking -> throw refusal(lacking);
            };
        });
    }

    private static String notConfirmed(SalesOrder order) {
        String what = "Only an order that was submitted, or confirmed before, is confirmed by hand, but "
                + order.number() + " is " + SalesOrderEndpoint.word(order);
        return switch (order.status()) {
            case DRAFT, RETURNED, ON_HOLD -> what + ": submit it first.";
            case PENDING_APPROVAL, CONFIRMED, PART_DELIVERED, DELIVERED, INVOICED, CLOSED, CANCELLED ->
                what + ": enter another one.";
        };
    }

    private static Refusal refusal(Confirming confirming) {
        NotConfirmed why = NotConfirmed.of(confirming);
        return Refusal.conflict(why.code(), why.words() + ".");
    }

    /** Before anything has left. A workflow that decides on it ends; submitted again, it is asked anew. */
    @Operation(
            summary =
                    "Put an order on hold; what was kept for it is free again, and who is asked about it is asked no more")
    @Needs(WRITE_ALL)
    @PostMapping("/hold")
    ResponseEntity<SalesOrderBody> hold(
            Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body, HttpServletRequest request) {
        return change(caller, id, request, (tx, order) -> {
            String reason = body.read().reason();
            return switch (orders.putOnHold(tx, order.id(), reason, caller.actor())) {
                case Holding.Held held -> held.order();
                case Holding.NotFound none -> throw Refusal.notFound();
                case Holding.WrongState wrong ->
                    throw Refusal.conflict(
                            "wrong_state",
                            "Only an order that waits for approval, or is confirmed and of which nothing has left, is put on"
                                    + " hold, but " + wrong.order().number() + " is "
                                    + SalesOrderEndpoint.word(wrong.order()) + ".");
            };
        });
    }

    /** Before anything has left. A workflow that decides on it ends. */
    @Operation(summary = "Cancel an order of which nothing has left; who is asked about it is asked no more")
    @Needs(WRITE_ALL)
    @PostMapping("/cancel")
    ResponseEntity<SalesOrderBody> cancel(
            Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body, HttpServletRequest request) {
        return change(caller, id, request, (tx, order) -> {
            String reason = body.read().reason();
            return switch (orders.cancel(tx, order.id(), reason, caller.actor())) {
                case SalesCancelling.Cancelled cancelled -> cancelled.order();
                case SalesCancelling.NotFound none -> throw Refusal.notFound();
                case SalesCancelling.WrongState wrong ->
                    throw Refusal.conflict(
                            "wrong_state",
                            wrong.order().number() + " is " + SalesOrderEndpoint.word(wrong.order())
                                    + " and is not cancelled any more.");
                case SalesCancelling.HasDeliveries delivered ->
                    throw Refusal.conflict(
                            "has_deliveries",
                            "Goods have left for " + delivered.order().number() + ": reverse the deliveries first.");
            };
        });
    }

    private ResponseEntity<SalesOrderBody> change(
            Caller caller, String id, HttpServletRequest request, BiFunction<Tx, SalesOrder, SalesOrder> change) {
        SalesOrderBody answer = engine.run(caller.tenant(), tx -> {
            SalesOrder order = orders.hold(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            IfMatch.require(request, order.header().version(), "the order");
            return SalesOrderBody.of(change.apply(tx, order));
        });
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }
}
