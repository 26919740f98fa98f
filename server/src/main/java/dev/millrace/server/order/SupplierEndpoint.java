package dev.millrace.server.order;

import dev.millrace.engine.Engine;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Masters;
import dev.millrace.erp.Supplier;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who the company buys from, by code. */
@RestController
@RequestMapping("/api/v1/suppliers")
public class SupplierEndpoint {
    private final Engine engine;
    private final Masters masters;

    public SupplierEndpoint(Engine engine, Erp erp) {
        this.engine = engine;
        this.masters = erp.masters();
    }

    @Operation(summary = "Suppliers, by code")
    @Needs("erp:read:procurement")
    @GetMapping
    Listing<Supplier> list(Caller caller, @ParameterObject Page page) {
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        masters.suppliers(tx, page.afterText().orElse(""), page.fetch()),
                        page,
                        Supplier::code,
                        supplier -> supplier));
    }

    @Operation(summary = "A supplier")
    @Needs("erp:read:procurement")
    @GetMapping("/{id}")
    Supplier get(Caller caller, @PathVariable String id) {
        return engine.run(
                caller.tenant(), tx -> masters.supplier(tx, Filters.id(id)).orElseThrow(Refusal::notFound));
    }
}
