package dev.millrace.server.invoice;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Masters;
import dev.millrace.erp.MatchTolerances;
import dev.millrace.erp.SupplierInvoices;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How far a supplier's invoice may differ before somebody looks: a policy of the company, or for one supplier. */
@RestController
@RequestMapping("/api/v1/admin/match-tolerances")
public class ToleranceEndpoint {
    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final int DECIMALS = 4;

    private final Engine engine;
    private final SupplierInvoices invoices;
    private final Masters masters;

    public ToleranceEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.invoices = erp.supplierInvoices(engine.events(), engine.documents(), trail);
        this.masters = erp.masters();
    }

    /** What is left out is as the company has it, or the usual. Amounts are in the company's currency. */
    record ToleranceForm(
            @Describe("of the order's price") Optional<BigDecimal> pricePercent,
            @Describe("per line") Optional<BigDecimal> priceAmount,

            @Describe("of the quantity ordered") Optional<BigDecimal> quantityPercent,

            @Describe("value of the excess, per line") Optional<BigDecimal> quantityAmount,

            @Describe("per component of the tax and line") Optional<BigDecimal> taxAmount,

            @Describe("between the total and the sum of its parts")
            Optional<BigDecimal> totalAmount,

            @Describe("per line; below it no percentage counts")
            Optional<BigDecimal> smallDifference,

            @Describe("from here on a lower price is suspicious")
            Optional<BigDecimal> lowPricePercent,

            @Describe("largest invoice that needs no order") Optional<BigDecimal> withoutOrder) {

        MatchTolerances.Overrides overrides() {
            return new MatchTolerances.Overrides(
                    pricePercent,
                    priceAmount,
                    quantityPercent,
                    quantityAmount,
                    taxAmount,
                    totalAmount,
                    smallDifference,
                    lowPricePercent,
                    withoutOrder);
        }

        List<FieldProblem> problems() {
            return Map.of(
                            "price_percent", pricePercent,
                            "price_amount", priceAmount,
                            "quantity_percent", quantityPercent,
                            "quantity_amount", quantityAmount,
                            "tax_amount", taxAmount,
                            "total_amount", totalAmount,
                            "small_difference", smallDifference,
                            "low_price_percent", lowPricePercent,
                            "without_order", withoutOrder)
                    .entrySet()
                    .stream()
                    .filter(field ->
                            field.getValue().filter(value -> !fits(value)).isPresent())
                    .sorted(Map.Entry.comparingByKey())
                    .map(field -> FieldProblem.at(
                            "out_of_range",
                            field.getKey(),
                            "Expected a number of 0 or more with at most " + DECIMALS + " decimals."))
                    .toList();
        }

        private static boolean fits(BigDecimal value) {
            return value.signum() >= 0
                    && value.compareTo(MOST) <= 0
                    && value.stripTrailingZeros().scale() <= DECIMALS;
        }
    }

    @Operation(summary = "The tolerances of the match that hold for the company, or for a supplier")
    @Needs({"erp:read:procurement", "erp:read:finance"})
    @GetMapping
    MatchTolerances get(
            Caller caller, @RequestParam(name = "supplier_id", required = false) @Nullable String supplierId) {
        Optional<UUID> supplier = Filters.uuid("supplier_id", supplierId);
        return engine.run(caller.tenant(), tx -> held(tx, caller, supplier));
    }

    @Operation(summary = "Set the tolerances of the match for the company, or for a supplier")
    @Needs("admin")
    @PutMapping
    MatchTolerances put(
            Caller caller,
            @RequestParam(name = "supplier_id", required = false) @Nullable String supplierId,
            @RequestBody Body<ToleranceForm> body) {
        Optional<UUID> supplier = Filters.uuid("supplier_id", supplierId);
        return engine.run(caller.tenant(), tx -> {
            held(tx, caller, supplier);
            ToleranceForm form = body.read();
            if (!form.problems().isEmpty()) {
                throw Refusal.invalid("invalid_input", form.problems());
            }
            invoices.setTolerances(tx, supplier, form.overrides(), caller.actor());
            return held(tx, caller, supplier);
        });
    }

    private MatchTolerances held(Tx tx, Caller caller, Optional<UUID> supplier) {
        supplier.ifPresent(id -> Refusal.requireFound(masters.supplier(tx, id)));
        // Of no supplier nothing nearer is set than of the company.
        return invoices.tolerances(tx, supplier.orElse(caller.tenant()));
    }
}
