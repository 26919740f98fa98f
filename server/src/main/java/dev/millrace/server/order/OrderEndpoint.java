package dev.millrace.server.order;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Creation;
import dev.millrace.erp.Erp;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Orders;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Revision;
import dev.millrace.erp.Submission;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Purchase orders. Who may read the module sees all of them, others those that they raised or are asked about. */
@RestController
@RequestMapping("/api/v1/purchase-orders")
public class OrderEndpoint {
    private static final String READ_ALL = "erp:read:procurement";
    private static final String WRITE_ALL = "erp:write:procurement";

    private final Engine engine;
    private final Orders orders;
    private final Asked asked;

    public OrderEndpoint(Engine engine, Erp erp, Trail trail, Asked asked) {
        this.engine = engine;
        this.asked = asked;
        this.orders = erp.orders(engine.events(), engine.documents(), trail);
    }

    @Operation(summary = "Raise a purchase order, and submit it unless told otherwise")
    @Needs("erp:create:procurement")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<OrderBody> create(Caller caller, @RequestBody Body<OrderForm> body) {
        OrderForm form = body.read();
        OrderBody order = engine.run(caller.tenant(), tx -> switch (orders.create(tx, form.order(), caller.actor())) {
            case Creation.Refused refused -> throw invalid(refused.problems());
            case Creation.Created created ->
                form.submit().orElse(true) ? submit(tx, created.order().id(), caller) : OrderBody.of(created.order());
        });
        return ResponseEntity.created(URI.create("/api/v1/purchase-orders/" + order.id()))
                .body(order);
    }

    @Operation(summary = "Submit a draft, or an order that was sent back")
    @Needs("erp:create:procurement")
    @PostMapping("/{id}/submit")
    OrderBody submit(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            PurchaseOrder order = orders.get(tx, Filters.id(id))
                    .filter(o -> isOwn(o, caller) || caller.may(WRITE_ALL))
                    .orElseThrow(Refusal::notFound);
            return submit(tx, order.id(), caller);
        });
    }

    /**
     * Changes all of an order that is not approved yet. Whoever was asked to approve it is asked again, with the
     * difference, unless it changed within the company's tolerance.
     */
    @Operation(summary = "Change all of an order that is not approved yet")
    @Needs("erp:create:procurement")
    @PutMapping("/{id}")
    ResponseEntity<OrderBody> revise(
            Caller caller, @PathVariable String id, @RequestBody Body<OrderForm> body, HttpServletRequest request) {
        OrderBody answer = engine.run(caller.tenant(), tx -> {
            PurchaseOrder order = orders.hold(tx, Filters.id(id))
                    .filter(o -> isOwn(o, caller) || caller.may(WRITE_ALL))
                    .orElseThrow(Refusal::notFound);
            if (!order.status().isOpen()) {
                throw notOpen(order.status());
            }
            IfMatch.require(request, order.header().version(), "the order");
            OrderForm form = body.read();
            OrderBody revised = revise(tx, order.id(), form, caller);
            return form.submit().orElse(false) ? submit(tx, order.id(), caller) : revised;
        });
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }

    private OrderBody revise(Tx tx, UUID id, OrderForm form, Caller caller) {
        return switch (orders.revise(tx, id, form.order(), caller.actor())) {
            case Revision.Revised revised -> OrderBody.of(revised.order());
            case Revision.NotFound none -> throw Refusal.notFound();
            case Revision.WrongState wrong -> throw notOpen(wrong.status());
            case Revision.Refused refused -> throw invalid(refused.problems());
        };
    }

    private static Refusal notOpen(PurchaseOrder.Status status) {
        return Refusal.conflict(
                "wrong_state",
                "Only an order that is not approved yet can be changed, but it is " + OrderBody.word(status) + ".");
    }

    private static Refusal invalid(List<InputProblem> problems) {
        return Refusal.invalid(
                "invalid_input", problems.stream().map(FieldProblem::of).toList());
    }

    private OrderBody submit(Tx tx, UUID id, Caller caller) {
        return switch (orders.submit(tx, id, caller.actor())) {
            case Submission.Submitted done -> OrderBody.submitted(done.order(), done.routing(), done.executions());
            case Submission.NotFound none -> throw Refusal.notFound();
            case Submission.WrongState wrong ->
                throw Refusal.conflict(
                        "wrong_state",
                        "Only a draft, or an order that was sent back, can be submitted, but the order is "
                                + OrderBody.word(wrong.status()) + ".");
            case Submission.SupplierRefused refused ->
                throw Refusal.invalid(
                        refused.problem().code(),
                        refused.problem().path(),
                        refused.problem().message());
        };
    }

    @Operation(summary = "Purchase orders without their lines, newest first; own ones for who reads no others")
    @Needs("erp:read:own")
    @GetMapping
    Listing<OrderBody> list(
            Caller caller, @RequestParam(required = false) @Nullable String status, @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, PurchaseOrder.Status.class);
        Optional<UUID> requester = caller.may(READ_ALL) ? Optional.empty() : Optional.of(caller.id());
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> orders.get(tx, id)).map(PurchaseOrder::id);
            return Listing.of(
                    orders.list(tx, wanted, requester, before, page.fetch()),
                    page,
                    listed -> listed.header().id(),
                    OrderBody::of);
        });
    }

    @Operation(summary = "A purchase order with its lines")
    @Needs("erp:read:own")
    @GetMapping("/{id}")
    ResponseEntity<OrderBody> get(Caller caller, @PathVariable String id) {
        OrderBody answer = engine.run(
                caller.tenant(),
                tx -> orders.get(tx, Filters.id(id))
                        .filter(order ->
                                caller.may(READ_ALL) || isOwn(order, caller) || asked.isAsked(tx, caller, order.id()))
                        .map(OrderBody::of)
                        .orElseThrow(Refusal::notFound));
        return ResponseEntity.ok().eTag(IfMatch.tag(answer.version())).body(answer);
    }

    private static boolean isOwn(PurchaseOrder order, Caller caller) {
        return order.requester().id().equals(caller.id());
    }
}
