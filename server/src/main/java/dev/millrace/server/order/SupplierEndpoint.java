package dev.millrace.server.order;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.BankDetails;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.SupplierChange;
import dev.millrace.erp.Suppliers;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Hand;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
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

/** Who the company buys from, by code. Bank accounts end in their last four digits for everybody but Accounts. */
@RestController
@RequestMapping("/api/v1/suppliers")
public class SupplierEndpoint {
    private final Engine engine;
    private final Suppliers suppliers;

    public SupplierEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.suppliers = erp.suppliers(engine.events(), engine.documents(), trail);
    }

    /** What a supplier is to be: {@code active}, {@code blocked} or {@code rejected}. */
    record StatusForm(
            @Describe("active, blocked or rejected") String status,

            @Describe("why; needed for all but active") Optional<String> reason) {}

    @Operation(summary = "Suppliers, by code")
    @Needs("erp:read:procurement")
    @GetMapping
    Listing<SupplierBody> list(
            Caller caller, @RequestParam(required = false) @Nullable String status, @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, Supplier.Status.class);
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        suppliers.list(tx, wanted, page.afterText().orElse(""), page.fetch()),
                        page,
                        Supplier::code,
                        SupplierBody::of));
    }

    @Operation(summary = "A supplier")
    @Needs("erp:read:procurement")
    @GetMapping("/{id}")
    ResponseEntity<SupplierBody> get(Caller caller, @PathVariable String id) {
        return answer(engine.run(
                caller.tenant(), tx -> suppliers.get(tx, Filters.id(id)).orElseThrow(Refusal::notFound)));
    }

    /** Enters one that is not active yet; the workflows that check suppliers begin. */
    @Operation(summary = "Enter a supplier, who is not active yet")
    @Needs("erp:create:procurement")
    @PostMapping
    ResponseEntity<SupplierBody> create(Caller caller, @RequestBody Body<SupplierForm> body) {
        SupplierForm form = body.read();
        Supplier supplier = engine.run(
                caller.tenant(),
                tx -> done(suppliers.create(tx, form.supplier(), form.bank().map(BankForm::details), caller.actor())));
        return ResponseEntity.created(URI.create("/api/v1/suppliers/" + supplier.id()))
                .eTag(IfMatch.tag(supplier.version()))
                .body(SupplierBody.of(supplier));
    }

    /** Changes everything but code, state and bank. */
    @Operation(summary = "Change a supplier, all but code, state and bank")
    @Needs("erp:write:procurement")
    @PutMapping("/{id}")
    ResponseEntity<SupplierBody> update(
            Caller caller, @PathVariable String id, @RequestBody Body<SupplierForm> body, HttpServletRequest request) {
        return answer(engine.run(caller.tenant(), tx -> {
            Supplier supplier = suppliers.hold(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            IfMatch.require(request, supplier.version(), "the supplier");
            SupplierForm form = body.read();
            if (form.bank().isPresent()) {
                throw Refusal.invalid("not_here", "bank", "Bank details are changed at /suppliers/{id}/bank");
            }
            return done(suppliers.update(tx, supplier.id(), form.supplier(), caller.actor()));
        }));
    }

    /** Accepts, blocks or rejects a supplier; nobody accepts one whom they have entered. */
    @Operation(summary = "Accept, block or reject a supplier; it is not accepted as long as a workflow decides on it")
    @Needs("erp:write:procurement")
    @PostMapping("/{id}/status")
    ResponseEntity<SupplierBody> setStatus(Caller caller, @PathVariable String id, @RequestBody Body<StatusForm> body) {
        return answer(engine.run(caller.tenant(), tx -> {
            Supplier supplier = suppliers.hold(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            StatusForm form = body.read();
            Supplier.Status to = Filters.oneOf("status", form.status(), Supplier.Status.class)
                    .filter(status -> status != Supplier.Status.NEW)
                    .orElseThrow(() -> Refusal.invalid(
                            "out_of_range", "status", "Expected active, blocked or rejected at status"));
            return done(Hand.outcome(
                    suppliers.setStatus(tx, supplier.id(), to, form.reason(), caller.actor()),
                    "supplier " + supplier.code()));
        }));
    }

    /** Changes where the money goes: nothing is paid there until it is verified. */
    @Operation(summary = "Change a supplier's bank account; nothing is paid there until it is verified")
    @Needs("erp:write:procurement")
    @PutMapping("/{id}/bank")
    ResponseEntity<SupplierBody> changeBank(
            Caller caller, @PathVariable String id, @RequestBody Body<BankForm> body, HttpServletRequest request) {
        return answer(engine.run(caller.tenant(), tx -> {
            Supplier supplier = suppliers.hold(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            IfMatch.require(request, supplier.version(), "the supplier");
            return done(suppliers.changeBank(tx, supplier.id(), body.read().details(), caller.actor()));
        }));
    }

    /** In full, for Accounts alone. */
    @Operation(summary = "A supplier's bank account in full, for Accounts alone")
    @Needs("erp:bank:procurement")
    @GetMapping("/{id}/bank")
    BankDetails bank(Caller caller, @PathVariable String id) {
        return engine.run(
                caller.tenant(), tx -> suppliers.bank(tx, Filters.id(id)).orElseThrow(Refusal::notFound));
    }

    private static ResponseEntity<SupplierBody> answer(Supplier supplier) {
        return ResponseEntity.ok().eTag(IfMatch.tag(supplier.version())).body(SupplierBody.of(supplier));
    }

    private static Supplier done(SupplierChange change) {
        return switch (change) {
            case SupplierChange.Done done -> done.supplier();
            case SupplierChange.NotFound none -> throw Refusal.notFound();
            case SupplierChange.Unfit unfit ->
                throw Refusal.invalid(
                        "invalid_input",
                        unfit.problems().stream().map(FieldProblem::of).toList());
            case SupplierChange.Refused refused -> throw refusal(refused);
        };
    }

    private static Refusal refusal(SupplierChange.Refused refused) {
        return switch (refused.code()) {
            case "segregation_of_duties" -> Refusal.forbidden(refused.code(), refused.message());
            case "reason_missing" -> Refusal.invalid(refused.code(), "reason", refused.message());
            default -> Refusal.conflict(refused.code(), refused.message());
        };
    }
}
