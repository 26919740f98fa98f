package dev.millrace.server.stock;

import dev.millrace.engine.Engine;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Item;
import dev.millrace.erp.ItemChange;
import dev.millrace.erp.Items;
import dev.millrace.erp.Masters;
import dev.millrace.erp.Trail;
import dev.millrace.erp.Versioned;
import dev.millrace.server.problem.FieldProblem;
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
import java.util.UUID;
import java.util.function.Supplier;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the company buys, keeps and sells, by code. */
@RestController
@RequestMapping("/api/v1/items")
public class ItemEndpoint {
    private final Engine engine;
    private final Masters masters;
    private final Items items;
    private final Supplier<UUID> ids;

    public ItemEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.masters = erp.masters();
        this.items = erp.items(trail);
        this.ids = erp.ids();
    }

    @Operation(summary = "Items, by code")
    @Needs({"erp:read:inventory", "erp:read:procurement", "erp:read:sales"})
    @GetMapping
    Listing<ItemBody> list(Caller caller, @ParameterObject Page page) {
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        masters.items(tx, page.afterText().orElse(""), page.fetch()),
                        page,
                        Item::code,
                        ItemBody::listed));
    }

    @Operation(summary = "An item")
    @Needs({"erp:read:inventory", "erp:read:procurement", "erp:read:sales"})
    @GetMapping("/{id}")
    ResponseEntity<ItemBody> get(Caller caller, @PathVariable String id) {
        UUID item = Filters.id(id);
        return ok(engine.run(caller.tenant(), tx -> items.get(tx, item).orElseThrow(Refusal::notFound)));
    }

    @Operation(summary = "Add an item")
    @Needs("erp:write:inventory")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ItemBody> create(Caller caller, @RequestBody Body<ItemForm> body) {
        Item item = body.read().item(ids.get());
        Versioned<Item> made = engine.run(caller.tenant(), tx -> written(items.create(tx, item, caller.actor())));
        return ResponseEntity.created(URI.create("/api/v1/items/" + item.id()))
                .eTag(IfMatch.tag(made.version()))
                .body(ItemBody.of(made));
    }

    @Operation(summary = "Change all of an item but its code and its kind")
    @Needs("erp:write:inventory")
    @PutMapping("/{id}")
    ResponseEntity<ItemBody> change(
            Caller caller, @PathVariable String id, @RequestBody Body<ItemForm> body, HttpServletRequest request) {
        UUID item = Filters.id(id);
        return ok(engine.run(caller.tenant(), tx -> {
            Versioned<Item> before = items.hold(tx, item).orElseThrow(Refusal::notFound);
            IfMatch.require(request, before.version(), "the item");
            return written(items.change(tx, body.read().item(item), caller.actor()));
        }));
    }

    private static Versioned<Item> written(ItemChange change) {
        return switch (change) {
            case ItemChange.Done done -> done.item();
            case ItemChange.NotFound none -> throw Refusal.notFound();
            case ItemChange.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        };
    }

    private static ResponseEntity<ItemBody> ok(Versioned<Item> item) {
        return ResponseEntity.ok().eTag(IfMatch.tag(item.version())).body(ItemBody.of(item));
    }
}
