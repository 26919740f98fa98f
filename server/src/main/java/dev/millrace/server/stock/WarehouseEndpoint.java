package dev.millrace.server.stock;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Trail;
import dev.millrace.erp.Versioned;
import dev.millrace.erp.Warehouse;
import dev.millrace.erp.WarehouseChange;
import dev.millrace.erp.Warehouses;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where goods are kept, by code. */
@RestController
@RequestMapping("/api/v1/warehouses")
public class WarehouseEndpoint {
    private final Engine engine;
    private final Warehouses warehouses;
    private final Supplier<UUID> ids;

    public WarehouseEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.warehouses = erp.warehouses(trail);
        this.ids = erp.ids();
    }

    record WarehouseForm(
            @Describe(value = "known by it; stays", least = 1, most = 60)
            String code,

            @Describe(value = "for people", least = 1, most = 300)
            String name,

            @Describe("two digits of the Indian state: deliveries from here are taxed by it")
            Optional<String> stateCode,

            @Describe(value = "street and house", most = 300)
            Optional<String> addressLine1,

            @Describe(value = "place", most = 100) Optional<String> city,
            @Describe("postal code") Optional<String> pin,

            @Describe(value = "goods go here when an order does not say; the one before no more", byDefault = "false")
            Optional<Boolean> isDefault,

            @Describe(value = "goods may go here", byDefault = "true")
            Optional<Boolean> active) {

        Warehouse warehouse(UUID id) {
            return new Warehouse(
                    id,
                    code.strip(),
                    name.strip(),
                    stateCode,
                    addressLine1,
                    city,
                    pin,
                    isDefault.orElse(false),
                    active.orElse(true));
        }
    }

    @Operation(summary = "Warehouses, by code")
    @Needs({"erp:read:inventory", "erp:read:procurement", "erp:read:sales"})
    @GetMapping
    Listing<Warehouse> list(Caller caller) {
        return engine.run(caller.tenant(), tx -> new Listing<>(warehouses.all(tx), Optional.empty()));
    }

    @Operation(summary = "A warehouse")
    @Needs({"erp:read:inventory", "erp:read:procurement", "erp:read:sales"})
    @GetMapping("/{id}")
    ResponseEntity<Warehouse> get(Caller caller, @PathVariable String id) {
        UUID warehouse = Filters.id(id);
        return ok(
                engine.run(caller.tenant(), tx -> warehouses.get(tx, warehouse).orElseThrow(Refusal::notFound)));
    }

    @Operation(summary = "Add a warehouse")
    @Needs("erp:write:inventory")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Warehouse> create(Caller caller, @RequestBody Body<WarehouseForm> body) {
        Warehouse warehouse = body.read().warehouse(ids.get());
        Versioned<Warehouse> made =
                engine.run(caller.tenant(), tx -> written(warehouses.create(tx, warehouse, caller.actor())));
        return ResponseEntity.created(URI.create("/api/v1/warehouses/" + warehouse.id()))
                .eTag(IfMatch.tag(made.version()))
                .body(made.value());
    }

    @Operation(summary = "Change all of a warehouse but its code")
    @Needs("erp:write:inventory")
    @PutMapping("/{id}")
    ResponseEntity<Warehouse> change(
            Caller caller, @PathVariable String id, @RequestBody Body<WarehouseForm> body, HttpServletRequest request) {
        UUID warehouse = Filters.id(id);
        return ok(engine.run(caller.tenant(), tx -> {
            Versioned<Warehouse> before = warehouses.hold(tx, warehouse).orElseThrow(Refusal::notFound);
            IfMatch.require(request, before.version(), "the warehouse");
            return written(warehouses.change(tx, body.read().warehouse(warehouse), caller.actor()));
        }));
    }

    private static Versioned<Warehouse> written(WarehouseChange change) {
        return switch (change) {
            case WarehouseChange.Done done -> done.warehouse();
            case WarehouseChange.NotFound none -> throw Refusal.notFound();
            case WarehouseChange.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        };
    }

    private static ResponseEntity<Warehouse> ok(Versioned<Warehouse> warehouse) {
        return ResponseEntity.ok().eTag(IfMatch.tag(warehouse.version())).body(warehouse.value());
    }
}
