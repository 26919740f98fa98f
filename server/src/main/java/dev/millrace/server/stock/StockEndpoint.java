package dev.millrace.server.stock;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Adjusting;
import dev.millrace.erp.Adjustment;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Stock;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What there is, where, what it is worth, and how it came to be so. */
@RestController
@RequestMapping("/api/v1/stock")
public class StockEndpoint {
    /** Between the two codes of a cursor: no code holds it. */
    private static final String BETWEEN = "\n";

    private final Engine engine;
    private final Stock stock;

    public StockEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.stock = erp.stock(engine.events(), trail);
    }

    /** By which people adjust: not a receipt or a delivery. */
    enum ByHand {
        COUNT,
        DAMAGE,
        LOSS,
        FOUND,
        RETURN,
        OTHER
    }

    record AdjustmentForm(
            @Describe("of which item") UUID itemId,
            @Describe("in which warehouse") UUID warehouseId,

            @Describe("more: above 0; less: below; at most three decimals")
            BigDecimal quantity,

            @Describe("why the books are wrong") ByHand reason,

            @Describe("of what is more, in the company's currency; the average when absent")
            Optional<BigDecimal> unitCost,

            @Describe(value = "book the value", byDefault = "true")
            Optional<Boolean> postJournal,

            @Describe(value = "for people and the journal", most = 2_000)
            Optional<String> note) {

        Adjustment adjustment() {
            return new Adjustment(
                    new StockKey(itemId, warehouseId),
                    quantity,
                    StockMovement.Reason.valueOf(reason.name()),
                    unitCost,
                    postJournal.orElse(true),
                    note);
        }
    }

    record ReorderLevelForm(
            @Describe("of which item") UUID itemId,
            @Describe("in which warehouse") UUID warehouseId,

            @Describe("at this and below it the item is to be ordered")
            BigDecimal reorderLevel,

            @Describe("how much is ordered then; 0: nobody watches")
            BigDecimal reorderQuantity) {}

    @Operation(summary = "Stock levels, by item and warehouse")
    @Needs("erp:read:inventory")
    @GetMapping
    Listing<LevelBody> levels(
            Caller caller,
            @RequestParam(name = "warehouse_id", required = false) @Nullable String warehouseId,
            @RequestParam(required = false) @Nullable String below,
            @ParameterObject Page page) {
        Optional<UUID> warehouse = Filters.uuid("warehouse_id", warehouseId);
        boolean belowOnly = Filters.flag("below", below, false);
        Stock.After after = page.afterText().map(StockEndpoint::after).orElse(Stock.After.START);
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        stock.levels(tx, warehouse, belowOnly, after, page.fetch()),
                        page,
                        level -> level.itemCode() + BETWEEN + level.warehouseCode(),
                        LevelBody::of));
    }

    private static Stock.After after(String cursor) {
        List<String> codes = List.of(cursor.split(BETWEEN, -1));
        if (codes.size() != 2) {
            throw Refusal.invalidCursor();
        }
        return new Stock.After(codes.getFirst(), codes.getLast());
    }

    @Operation(summary = "What came in and went out, newest first")
    @Needs("erp:read:inventory")
    @GetMapping("/movements")
    Listing<MovementBody> movements(
            Caller caller,
            @RequestParam(name = "item_id", required = false) @Nullable String itemId,
            @RequestParam(name = "warehouse_id", required = false) @Nullable String warehouseId,
            @ParameterObject Page page) {
        Optional<UUID> item = Filters.uuid("item_id", itemId);
        Optional<UUID> warehouse = Filters.uuid("warehouse_id", warehouseId);
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        stock.movements(tx, item, warehouse, page.after(Optional::of), page.fetch()),
                        page,
                        StockMovement::id,
                        MovementBody::of));
    }

    @Operation(summary = "Bring the books to what is really there")
    @Needs("erp:write:inventory")
    @PostMapping("/adjustments")
    @ResponseStatus(HttpStatus.CREATED)
    MovementBody adjust(Caller caller, @RequestBody Body<AdjustmentForm> body) {
        AdjustmentForm form = body.read();
        return engine.run(caller.tenant(), tx -> switch (stock.adjust(tx, form.adjustment(), caller.actor())) {
            case Adjusting.Adjusted adjusted -> MovementBody.of(adjusted.movement());
            case Adjusting.ItemUnknown none -> throw itemUnknown();
            case Adjusting.WarehouseUnknown none -> throw warehouseUnknown();
            case Adjusting.Unfit unfit ->
                throw Refusal.invalid("invalid_input", List.of(FieldProblem.of(unfit.problem())));
            case Adjusting.Insufficient less -> throw insufficient(less.level());
            case Adjusting.CostMissing missing ->
                throw Refusal.invalid(
                        "cost_missing",
                        "unit_cost",
                        "Nothing of " + missing.level().itemCode() + " ever had a cost here: say what one is worth.");
        });
    }

    @Operation(summary = "Say from when on an item is to be ordered for a warehouse, and how much")
    @Needs("erp:write:inventory")
    @PutMapping("/reorder-levels")
    LevelBody watch(Caller caller, @RequestBody Body<ReorderLevelForm> body) {
        ReorderLevelForm form = body.read();
        var key = new StockKey(form.itemId(), form.warehouseId());
        return engine.run(caller.tenant(), tx -> switch (stock.watch(
                tx, key, form.reorderLevel(), form.reorderQuantity(), caller.actor())) {
            case Stock.Watching.Watched watched -> LevelBody.of(watched.level());
            case Stock.Watching.ItemUnknown none -> throw itemUnknown();
            case Stock.Watching.WarehouseUnknown none -> throw warehouseUnknown();
            case Stock.Watching.Unfit unfit ->
                throw Refusal.invalid("invalid_input", List.of(FieldProblem.of(unfit.problem())));
        });
    }

    private static Refusal insufficient(StockLevel level) {
        return Refusal.conflict(
                "insufficient_stock",
                "Of " + level.itemCode() + " there is only "
                        + level.available().toPlainString() + " in " + level.warehouseName()
                        + " that is not promised: take out less.");
    }

    private static Refusal itemUnknown() {
        return Refusal.invalid(
                "item_unknown", "item_id", "Expected an active item of this company that is kept in stock.");
    }

    private static Refusal warehouseUnknown() {
        return Refusal.invalid("warehouse_unknown", "warehouse_id", "Expected an active warehouse of this company.");
    }
}
