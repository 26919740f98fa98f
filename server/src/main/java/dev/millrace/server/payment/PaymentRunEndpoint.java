package dev.millrace.server.payment;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.PaymentRun;
import dev.millrace.erp.Payments;
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
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
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

/** Payments that go to the bank together. Who prepared a run does not release it. */
@RestController
@RequestMapping("/api/v1/payment-runs")
public class PaymentRunEndpoint {
    private static final String READ_ALL = "erp:read:finance";

    private final Engine engine;
    private final Payments payments;
    private final Asked asked;

    public PaymentRunEndpoint(Engine engine, Erp erp, Trail trail, Asked asked) {
        this.engine = engine;
        this.asked = asked;
        this.payments = erp.payments(engine.events(), engine.documents(), trail);
    }

    record PaymentRunForm(
            @Describe(value = "from which it is paid, in words", least = 1, most = 200)
            String bankAccount,

            @Describe("the day on which its payments are posted; not before today")
            LocalDate valueDate,

            @Describe(value = "ISO 4217; the company's own when absent", as = Describe.As.CURRENCY)
            Optional<String> currency,

            @Describe(value = "ids of drafts; all that are due by the value date when absent", most = 1_000)
            Optional<List<UUID>> payments,

            @Describe(
                    value = "draft payments too for every document that is due by the value date",
                    byDefault = "false")
            Optional<Boolean> withDueDocuments) {

        PaymentRun.Proposal proposal() {
            return new PaymentRun.Proposal(
                    bankAccount, valueDate, currency, payments.orElse(List.of()), withDueDocuments.orElse(false));
        }
    }

    @Operation(summary = "Propose a run of drafts; who proposes it cannot release it")
    @Needs("erp:write:finance")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PaymentRun> propose(Caller caller, @RequestBody Body<PaymentRunForm> body) {
        PaymentRunForm form = body.read();
        PaymentRun run = engine.run(caller.tenant(), tx -> payments.propose(tx, form.proposal(), caller.actor()));
        return ResponseEntity.created(URI.create("/api/v1/payment-runs/" + run.id()))
                .body(run);
    }

    @Operation(
            summary = "Post every payment of a run on which no workflow decides, all or none; not by who prepared it")
    @Needs("erp:write:finance")
    @PostMapping("/{id}/release")
    PaymentRun release(Caller caller, @PathVariable String id) {
        return change(
                caller, id, (tx, run) -> Hand.outcome(payments.release(tx, run, caller.actor()), "this payment run"));
    }

    @Operation(summary = "Cancel a proposed run and its payments; who is asked about it is asked no more")
    @Needs("erp:write:finance")
    @PostMapping("/{id}/cancel")
    PaymentRun cancel(Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body) {
        return change(
                caller, id, (tx, run) -> payments.cancelRun(tx, run, body.read().reason(), caller.actor()));
    }

    private PaymentRun change(Caller caller, String id, BiFunction<Tx, UUID, PaymentRun> change) {
        UUID run = Filters.id(id);
        return engine.run(caller.tenant(), tx -> {
            Refusal.requireFound(payments.findRun(tx, run));
            return change.apply(tx, run);
        });
    }

    @Operation(summary = "Payment runs, newest first")
    @Needs(READ_ALL)
    @GetMapping
    Listing<PaymentRun> list(
            Caller caller, @RequestParam(required = false) @Nullable String status, @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, PaymentRun.Status.class);
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> payments.findRun(tx, id)).map(PaymentRun::id);
            return Listing.of(payments.listRuns(tx, wanted, before, page.fetch()), page, PaymentRun::id, run -> run);
        });
    }

    @Operation(summary = "A payment run; also for who is asked to approve it")
    @Needs("erp:read:own")
    @GetMapping("/{id}")
    PaymentRun get(Caller caller, @PathVariable String id) {
        UUID wanted = Filters.id(id);
        return engine.run(
                caller.tenant(),
                tx -> payments.findRun(tx, wanted)
                        .filter(run -> caller.may(READ_ALL)
                                || run.preparedBy().equals(caller.id())
                                || asked.isAsked(tx, caller, run.id()))
                        .orElseThrow(Refusal::notFound));
    }
}
