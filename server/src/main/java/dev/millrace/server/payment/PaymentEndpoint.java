package dev.millrace.server.payment;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payments;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.request.ReasonForm;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Money that goes or comes: drafted, then posted, alone or with a run. */
@RestController
@RequestMapping("/api/v1/payments")
public class PaymentEndpoint {
    private final Engine engine;
    private final Payments payments;

    public PaymentEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.payments = erp.payments(engine.events(), engine.documents(), trail);
    }

    record ReversePaymentForm(
            @Describe("of the reversal; today when absent") Optional<LocalDate> date,

            @Describe(value = "for people and the journal", least = 1, most = 2_000)
            String reason) {}

    @Operation(summary = "Draft a payment; what it pays is taken off what is open at once")
    @Needs("erp:write:finance")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Payment> create(Caller caller, @RequestBody Body<PaymentForm> body) {
        PaymentForm form = body.read();
        Payment draft = engine.run(caller.tenant(), tx -> payments.create(tx, form.payment(), caller.actor()));
        return ResponseEntity.created(URI.create("/api/v1/payments/" + draft.id()))
                .body(draft);
    }

    @Operation(summary = "Post a draft that no run has taken")
    @Needs("erp:write:finance")
    @PostMapping("/{id}/post")
    Payment post(Caller caller, @PathVariable String id) {
        return change(caller, id, (tx, payment) -> payments.post(tx, payment, caller.actor()));
    }

    @Operation(summary = "Cancel a draft that no run has taken; what it was to pay is open again")
    @Needs("erp:write:finance")
    @PostMapping("/{id}/cancel")
    Payment cancel(Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body) {
        return change(
                caller,
                id,
                (tx, payment) -> payments.cancel(tx, payment, body.read().reason(), caller.actor()));
    }

    @Operation(summary = "Reverse a posted payment; what it paid is open again")
    @Needs("erp:write:finance")
    @PostMapping("/{id}/reverse")
    Payment reverse(Caller caller, @PathVariable String id, @RequestBody Body<ReversePaymentForm> body) {
        return change(caller, id, (tx, payment) -> {
            ReversePaymentForm form = body.read();
            return payments.reverse(tx, payment, form.date(), form.reason(), caller.actor());
        });
    }

    private Payment change(Caller caller, String id, BiFunction<Tx, UUID, Payment> change) {
        UUID payment = Filters.id(id);
        return engine.run(caller.tenant(), tx -> {
            Refusal.requireFound(payments.find(tx, payment));
            return change.apply(tx, payment);
        });
    }

    @Operation(summary = "Payments, newest first")
    @Needs("erp:read:finance")
    @GetMapping
    Listing<Payment> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "party_id", required = false) @Nullable String partyId,
            @RequestParam(name = "payment_run_id", required = false) @Nullable String paymentRunId,
            @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, Payment.Status.class);
        Optional<UUID> party = Filters.uuid("party_id", partyId);
        Optional<UUID> run = Filters.uuid("payment_run_id", paymentRunId);
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> payments.find(tx, id)).map(Payment::id);
            return Listing.of(
                    payments.list(tx, wanted, party, run, before, page.fetch()), page, Payment::id, payment -> payment);
        });
    }

    @Operation(summary = "A payment with what it pays")
    @Needs("erp:read:finance")
    @GetMapping("/{id}")
    Payment get(Caller caller, @PathVariable String id) {
        UUID payment = Filters.id(id);
        return engine.run(caller.tenant(), tx -> payments.find(tx, payment).orElseThrow(Refusal::notFound));
    }
}
