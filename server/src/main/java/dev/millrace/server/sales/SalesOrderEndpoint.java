package dev.millrace.server.sales;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Erp;
import dev.millrace.erp.SalesCreation;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrders;
import dev.millrace.erp.SalesRevision;
import dev.millrace.erp.SalesSubmission;
import dev.millrace.erp.Trail;
import dev.millrace.server.order.RoutingBody;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Asked;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sales orders. Who may read the module sees all of them, others those that they wrote or are asked about. */
@RestController
@RequestMapping("/api/v1/sales-orders")
public class SalesOrderEndpoint {
    private static final String READ_ALL = "erp:read:sales";
    private static final String WRITE_ALL = "erp:write:sales";

    private final Engine engine;
    private final SalesOrders orders;
    private final Asked asked;

    public SalesOrderEndpoint(Engine engine, Erp erp, Trail trail, Asked asked) {
        this.engine = engine;
        this.orders = erp.salesOrders(engine.events(), engine.documents(), trail);
        this.asked = asked;
    }

    @Operation(summary = "Enter a sales order, and submit it unless it is to stay a draft")
    @Needs("erp:create:sales")
    @PostMapping
    ResponseEntity<SalesOrderBody> create(Caller caller, @RequestBody Body<SalesOrderForm> body) {
        SalesOrderForm form = body.read();
        SalesOrderBody order =
                engine.run(caller.tenant(), tx -> switch (orders.create(tx, form.order(), caller.actor())) {
                    case SalesCreation.Refused refused -> throw InvalidInput.of(refused.problems());
                    case SalesCreation.Created created ->
                        form.submit().orElse(true)
                                ? submit(tx, created.order().id(), caller)
                                : SalesOrderBody.of(created.order());
                });
        return ResponseEntity.created(URI.create("/api/v1/sales-orders/" + order.id()))
                .body(order);
    }

    /** A draft, an order that was sent back, or one that was put on hold before it was confirmed. */
    @Operation(summary = "Submit a draft, or an order that was sent back or put on hold")
    @Needs("erp:create:sales")
    @PostMapping("/{id}/submit")
    SalesOrderBody submit(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            SalesOrder order = orders.get(tx, Filters.id(id))
                    .filter(o -> isOwn(o, caller) || caller.may(WRITE_ALL))
                    .orElseThrow(Refusal::notFound);
            return submit(tx, order.id(), caller);
        });
    }

    /**
     * Changes all of an order that was never confirmed. Whoever was asked to approve it is asked again, with the difference,
     * unless it changed within the company's tolerance.
     */
    @Operation(summary = "Change an order that was never confirmed; who was asked about it is asked again")
    @Needs("erp:create:sales")
    @PutMapping("/{id}")
    ResponseEntity<SalesOrderBody> revise(
            Caller caller,
            @PathVariable String id,
            @RequestBody Body<SalesOrderForm> body,
            HttpServletRequest request) {
        SalesOrderBody answer = engine.run(caller.tenant(), tx -> {
            SalesOrder order = orders.hold(tx, Filters.id(id))
                    .filter(o -> isOwn(o, caller) || caller.may(WRITE_ALL))
                    .orElseThrow(Refusal::notFound);
            if (!order.isOpen()) {
                throw notOpen(order);
            }
            IfMatch.require(request, order.header().version(), "the order");
            SalesOrderForm form = body.read();
            SalesOrderBody revised = revise(tx, order.id(), form, caller);
            return form.submit().orElse(false) ? submit(tx, order.id(), caller) : revised;
        });
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }

    private SalesOrderBody revise(Tx tx, UUID id, SalesOrderForm form, Caller caller) {
        return switch (orders.revise(tx, id, form.order(), caller.actor())) {
            case SalesRevision.Revised revised -> SalesOrderBody.of(revised.order());
            case SalesRevision.NotFound none -> throw Refusal.notFound();
            case SalesRevision.WrongState wrong -> throw notOpen(wrong.order());
            case SalesRevision.Refused refused -> throw InvalidInput.of(refused.problems());
        };
    }

    private static Refusal notOpen(SalesOrder order) {
        return Refusal.conflict(
                "wrong_state",
                "Only an order that was never confirmed can be changed, but " + order.number() + " is " + word(order)
                        + ".");
    }

    static String word(SalesOrder order) {
        return order.status().name().toLowerCase(Locale.ROOT);
    }

    private SalesOrderBody submit(Tx tx, UUID id, Caller caller) {
        return switch (orders.submit(tx, id, caller.actor())) {
            case SalesSubmission.Submitted done ->
                SalesOrderBody.of(done.order(), Optional.of(RoutingBody.of(done.routing(), done.executions())));
            case SalesSubmission.NotFound none -> throw Refusal.notFound();
            case SalesSubmission.WrongState wrong ->
                throw Refusal.conflict(
                        "wrong_state",
                        "Submitted are drafts, orders that were sent back, and those on hold that were never confirmed, but "
                                + wrong.order().number() + " is " + word(wrong.order()) + ".");
        };
    }

    @Operation(summary = "Sales orders without their lines, newest first; own ones for who reads no others")
    @Needs("erp:read:own")
    @GetMapping
    Listing<SalesOrderBody> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "customer_id", required = false) @Nullable String customer,
            @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, SalesOrder.Status.class);
        Optional<UUID> of = Optional.ofNullable(customer).map(Filters::id);
        Optional<UUID> requester = caller.may(READ_ALL) ? Optional.empty() : Optional.of(caller.id());
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> orders.get(tx, id)).map(SalesOrder::id);
            return Listing.of(
                    orders.list(tx, wanted, of, requester, before, page.fetch()),
                    page,
                    listed -> listed.header().id(),
                    SalesOrderBody::of);
        });
    }

    @Operation(summary = "A sales order with its lines")
    @Needs("erp:read:own")
    @GetMapping("/{id}")
    ResponseEntity<SalesOrderBody> get(Caller caller, @PathVariable String id) {
        SalesOrderBody answer = engine.run(
                caller.tenant(),
                tx -> orders.get(tx, Filters.id(id))
                        .filter(order ->
                                caller.may(READ_ALL) || isOwn(order, caller) || asked.isAsked(tx, caller, order.id()))
                        .map(SalesOrderBody::of)
                        .orElseThrow(Refusal::notFound));
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }

    private static boolean isOwn(SalesOrder order, Caller caller) {
        return order.requester().id().equals(caller.id());
    }
}
