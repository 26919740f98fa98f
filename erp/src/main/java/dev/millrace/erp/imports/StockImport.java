package dev.millrace.erp.imports;

import static java.util.stream.Collectors.toMap;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import dev.millrace.erp.Masters;
import dev.millrace.erp.OpeningStock;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockMovement;
import dev.millrace.erp.Trail;
import dev.millrace.erp.Warehouse;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.StockReader;
import dev.millrace.erp.inventory.WarehouseRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What there is when a company begins to keep its stock here. Stock that moved already is adjusted, and not opened. */
public final class StockImport implements KindImport {
    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final int QUANTITY_DECIMALS = 3;
    private static final int COST_DECIMALS = 6;

    private final Masters masters;
    private final Trail trail;
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();
    private final StockReader stock = new StockReader();

    public StockImport(Masters masters, Trail trail) {
        this.masters = masters;
        this.trail = trail;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.required("item_code"),
                Column.required("warehouse_code"),
                Column.required("quantity"),
                Column.required("unit_cost"),
                Column.optional("reorder_level"),
                Column.optional("reorder_qty"));
    }

    @Override
    public List<String> key() {
        return List.of("item_code", "warehouse_code");
    }

    @Override
    public List<Outcome> take(Tx tx, List<Row> given, boolean write, Actor actor) {
        List<Cells> cells = given.stream().map(Cells::new).toList();
        Map<String, Item> byCode =
                items
                        .byCodes(
                                tx,
                                cells.stream()
                                        .flatMap(row -> row.given("item_code").stream())
                                        .toList())
                        .stream()
                        .collect(toMap(Item::code, Function.identity()));
        Map<String, Warehouse> places =
                warehouses.all(tx).stream().collect(toMap(Warehouse::code, Function.identity()));
        var outcomes = new ArrayList<Outcome>();
        var opened = new ArrayList<OpeningStock>();
        for (Cells row : cells) {
            Optional<OpeningStock> wanted = opening(row, byCode, places);
            Optional<StockMovement> first = wanted.flatMap(one -> stock.first(tx, one.key()));
            outcomes.add(outcome(row, wanted, first));
            if (outcomes.getLast() instanceof Outcome.Created) {
                opened.add(wanted.orElseThrow());
            }
        }
        if (write && !opened.isEmpty()) {
            masters.openStock(tx, opened, trail);
        }
        return outcomes;
    }

    private static Outcome outcome(Cells cells, Optional<OpeningStock> wanted, Optional<StockMovement> first) {
        if (wanted.isPresent() && first.isPresent() && !isSame(wanted.get(), first.get())) {
            cells.add(
                    "quantity",
                    wanted.get().quantity().toPlainString(),
                    "stock_exists",
                    "Expected an item of which nothing has moved in this warehouse, but it has: adjust its stock instead");
        }
        if (!cells.isSound()) {
            return new Outcome.Refused(cells.faults());
        }
        return first.isPresent() ? new Outcome.Unchanged() : new Outcome.Created();
    }

    private static boolean isSame(OpeningStock wanted, StockMovement first) {
        return first.reason() == StockMovement.Reason.OPENING
                && first.quantity().compareTo(wanted.quantity()) == 0
                && first.unitCost().compareTo(wanted.unitCost()) == 0;
    }

    /** Empty: the row has faults. */
    private static Optional<OpeningStock> opening(
            Cells cells, Map<String, Item> items, Map<String, Warehouse> warehouses) {
        String itemCode = cells.required("item_code", Form.CODE_MOST);
        String warehouseCode = cells.required("warehouse_code", Form.CODE_MOST);
        Optional<Item> item = Optional.ofNullable(items.get(itemCode)).filter(i -> i.active() && !i.isService());
        Optional<Warehouse> warehouse =
                Optional.ofNullable(warehouses.get(warehouseCode)).filter(Warehouse::active);
        if (item.isEmpty() && !itemCode.isEmpty()) {
            cells.add(
                    "item_code",
                    itemCode,
                    "item_unknown",
                    "Expected the code of an active item that is kept in stock but got '" + itemCode
                            + "': bring the items in first");
        }
        if (warehouse.isEmpty() && !warehouseCode.isEmpty()) {
            cells.add(
                    "warehouse_code",
                    warehouseCode,
                    "warehouse_unknown",
                    "Expected the code of an active warehouse but got '" + warehouseCode + "': have it entered first");
        }
        BigDecimal quantity = number(cells, "quantity", cells.requiredDecimal("quantity"), QUANTITY_DECIMALS);
        if (cells.isSound() && quantity.signum() == 0) {
            cells.add(
                    "quantity", "0", "out_of_range", "Expected a quantity above 0: leave out what there is nothing of");
        }
        BigDecimal cost = number(cells, "unit_cost", cells.requiredDecimal("unit_cost"), COST_DECIMALS);
        BigDecimal zero = BigDecimal.ZERO;
        BigDecimal level =
                number(cells, "reorder_level", cells.decimal("reorder_level", zero, zero), QUANTITY_DECIMALS);
        BigDecimal reorder = number(cells, "reorder_qty", cells.decimal("reorder_qty", zero, zero), QUANTITY_DECIMALS);
        return cells.isSound()
                ? Optional.of(new OpeningStock(
                        new StockKey(
                                item.orElseThrow().id(), warehouse.orElseThrow().id()),
                        quantity,
                        cost,
                        level,
                        reorder))
                : Optional.empty();
    }

    private static BigDecimal number(Cells cells, String column, BigDecimal number, int decimals) {
        boolean fits = number.signum() >= 0
                && number.compareTo(MOST) <= 0
                && number.stripTrailingZeros().scale() <= decimals;
        if (!fits) {
            cells.add(
                    column,
                    number.toPlainString(),
                    "out_of_range",
                    "Expected 0 or more with at most " + decimals + " decimals but got " + number.toPlainString());
        }
        return number;
    }
}
