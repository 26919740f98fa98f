package dev.millrace.server.sales;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Deliveries;
import dev.millrace.erp.Delivering;
import dev.millrace.erp.Delivery;
import dev.millrace.erp.Erp;
import dev.millrace.erp.NewDelivery;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.Returning;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What leaves for sales orders. Those who keep the stock post it, and those who sell. */
@RestController
@RequestMapping("/api/v1/deliveries")
public class DeliveryEndpoint {
    private final Engine engine;
    private final Deliveries deliveries;

    public DeliveryEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.deliveries = erp.deliveries(engine.events(), trail);
    }

    /** A delivery as it is sent in. */
    record DeliveryForm(
            @Describe("a confirmed order") UUID salesOrderId,

            @Describe("of the carrier, or whatever people know it by")
            Optional<String> reference,

            @Describe("everything that is still to be delivered when absent")
            Optional<List<LineForm>> lines) {

        record LineForm(
                @Describe("of the order") int lineNo,
                @Describe("how many leave") BigDecimal quantity) {}

        NewDelivery delivery() {
            return new NewDelivery(
                    salesOrderId,
                    reference,
                    lines.orElse(List.of()).stream()
                            .map(line -> new NewDelivery.Line(line.lineNo(), line.quantity()))
                            .toList());
        }
    }

    record ReverseForm(
            @Describe(value = "why", least = 1, most = 500) String reason) {}

    /**
     * @param costAmount what it cost, in the company's own currency
     * @param lines null in a list
     */
    record DeliveryBody(
            UUID id,
            String deliveryNumber,
            Delivery.Status status,
            UUID salesOrderId,
            String orderNumber,
            UUID customerId,
            String customerName,
            LocalDate date,
            String costAmount,
            Optional<String> reference,
            Optional<UUID> journalId,
            Optional<Instant> reversedAt,
            Optional<String> reverseReason,
            Instant postedAt,
            Optional<List<LineBody>> lines) {

        record LineBody(
                int lineNo,
                UUID itemId,
                String itemCode,
                Optional<UUID> warehouseId,
                String quantity,
                String costAmount) {}

        static DeliveryBody of(Delivery delivery) {
            return of(
                    delivery,
                    Optional.of(delivery.lines().stream()
                            .map(line -> new LineBody(
                                    line.lineNo(),
                                    line.item(),
                                    line.itemCode(),
                                    line.warehouse(),
                                    line.quantity().toPlainString(),
                                    line.value().toPlainString()))
                            .toList()));
        }

        static DeliveryBody listed(Delivery delivery) {
            return of(delivery, Optional.empty());
        }

        private static DeliveryBody of(Delivery delivery, Optional<List<LineBody>> lines) {
            return new DeliveryBody(
                    delivery.id(),
                    delivery.number(),
                    delivery.status(),
                    delivery.order(),
                    delivery.orderNumber(),
                    delivery.customer(),
                    delivery.customerName(),
                    delivery.date(),
                    delivery.value().toPlainString(),
                    delivery.reference(),
                    delivery.journal(),
                    delivery.reversedAt(),
                    delivery.reverseReason(),
                    delivery.postedAt(),
                    lines);
        }
    }

    @Operation(summary = "Deliver goods of a sales order")
    @Needs({"erp:write:sales", "erp:write:inventory"})
    @PostMapping
    ResponseEntity<DeliveryBody> post(Caller caller, @RequestBody Body<DeliveryForm> body) {
        NewDelivery wanted = body.read().delivery();
        DeliveryBody answer = booked(caller, tx -> switch (deliveries.post(tx, wanted, caller.actor())) {
            case Delivering.Delivered delivered -> DeliveryBody.of(delivered.delivery());
            case Delivering.OrderNotFound unknown ->
                throw Refusal.invalid(
                        "order_unknown",
                        "sales_order_id",
                        "Expected a sales order of this company at sales_order_id but got '" + unknown.order() + "'");
            case Delivering.WrongState wrong ->
                throw Refusal.conflict(
                        "wrong_state",
                        "Goods leave for confirmed orders until all of them have, but "
                                + wrong.order().number() + " is "
                                + wrong.order().status().name().toLowerCase(Locale.ROOT) + ".");
            case Delivering.Refused refused -> throw InvalidInput.of(refused.problems());
            case Delivering.Insufficient lacking ->
                throw Refusal.conflict(
                        "insufficient_stock",
                        "Of " + lacking.level().itemCode() + " only "
                                + lacking.level().onHand().toPlainString() + " are left in "
                                + lacking.level().warehouseName() + ": count again, or deliver less.");
        });
        return ResponseEntity.created(URI.create("/api/v1/deliveries/" + answer.id()))
                .body(answer);
    }

    /** Takes all of a delivery back; its goods are kept for the order again. A second time changes nothing. */
    @Operation(summary = "Take all of a delivery back")
    @Needs({"erp:write:sales", "erp:write:inventory"})
    @PostMapping("/{id}/reverse")
    DeliveryBody reverse(Caller caller, @PathVariable String id, @RequestBody Body<ReverseForm> body) {
        return booked(caller, tx -> {
            Delivery delivery = deliveries.get(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            return switch (deliveries.reverse(tx, delivery.id(), body.read().reason(), caller.actor())) {
                case Returning.Reversed reversed -> DeliveryBody.of(reversed.delivery());
                case Returning.NotFound none -> throw Refusal.notFound();
                case Returning.WrongState wrong ->
                    throw Refusal.conflict(
                            "wrong_state",
                            wrong.order().number() + " is "
                                    + wrong.order().status().name().toLowerCase(Locale.ROOT)
                                    + ": have its invoice cancelled before its deliveries are reversed.");
            };
        });
    }

    private DeliveryBody booked(Caller caller, Function<Tx, DeliveryBody> work) {
        try {
            return engine.run(caller.tenant(), work);
        } catch (PostingRefused refused) {
            throw Refusal.conflict(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    @Operation(summary = "Deliveries, newest first")
    @Needs({"erp:read:sales", "erp:read:inventory"})
    @GetMapping
    Listing<DeliveryBody> list(
            Caller caller,
            @RequestParam(name = "sales_order_id", required = false) @Nullable String order,
            @ParameterObject Page page) {
        Optional<UUID> of = Optional.ofNullable(order).map(Filters::id);
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> deliveries.get(tx, id)).map(Delivery::id);
            return Listing.of(deliveries.list(tx, of, before, page.fetch()), page, Delivery::id, DeliveryBody::listed);
        });
    }

    @Operation(summary = "A delivery with its lines")
    @Needs({"erp:read:sales", "erp:read:inventory"})
    @GetMapping("/{id}")
    DeliveryBody get(Caller caller, @PathVariable String id) {
        return engine.run(
                caller.tenant(),
                tx -> deliveries.get(tx, Filters.id(id)).map(DeliveryBody::of).orElseThrow(Refusal::notFound));
    }
}
