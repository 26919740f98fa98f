package dev.millrace.erp.imports;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Item;
import dev.millrace.erp.inventory.ItemCheck;
import dev.millrace.erp.inventory.ItemFacts;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.procurement.SupplierImportRows;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Items, by the same rules as one by one. */
public final class ItemImport implements KindImport {
    private static final int HSN_MOST = 8;
    private static final int UQC_MOST = 3;

    private final Supplier<UUID> ids;
    private final ItemFacts facts;
    private final ItemRows items = new ItemRows();
    private final SupplierImportRows suppliers = new SupplierImportRows();

    public ItemImport(Supplier<UUID> ids, ItemFacts facts) {
        this.ids = ids;
        this.facts = facts;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.required("item_code", "code"),
                Column.required("name"),
                Column.required("hsn_sac"),
                Column.optional("is_service"),
                Column.required("uqc"),
                Column.required("gst_rate", "gst_rate_percent"),
                Column.required("standard_cost", "standard_rate_inr"),
                Column.optional("sales_price"),
                Column.optional("preferred_supplier_code", "preferred_supplier"),
                Column.optional("is_critical"),
                Column.optional("allow_negative"),
                Column.optional("over_receipt_percent"),
                Column.optional("stock_account"),
                Column.optional("expense_account"),
                Column.optional("active"));
    }

    @Override
    public List<String> key() {
        return List.of("item_code");
    }

    @Override
    public List<Outcome> take(Tx tx, List<Row> given, boolean write, Actor actor) {
        List<Cells> cells = given.stream().map(Cells::new).toList();
        Map<String, Item> byCode = new HashMap<>();
        items.byCodes(
                        tx,
                        cells.stream()
                                .flatMap(row -> row.given("item_code").stream())
                                .toList())
                .forEach(item -> byCode.put(item.code(), item));
        Map<String, UUID> preferred = suppliers.ids(
                tx,
                cells.stream()
                        .flatMap(row -> row.given("preferred_supplier_code").stream())
                        .distinct()
                        .toList());
        List<Item> wanted = cells.stream()
                .map(row -> item(
                        row,
                        Optional.ofNullable(byCode.get(row.given("item_code").orElse(""))),
                        preferred))
                .toList();
        ItemFacts.Facts known = facts.of(tx, wanted);
        List<Change<Item>> changes = java.util.stream.IntStream.range(0, wanted.size())
                .mapToObj(i -> change(
                        cells.get(i),
                        Optional.ofNullable(byCode.get(wanted.get(i).code())),
                        wanted.get(i),
                        known))
                .toList();
        if (write) {
            List<Item> created = Change.created(changes);
            if (!created.isEmpty()) {
                items.insert(tx, created);
            }
            Change.updated(changes).forEach(item -> items.update(tx, item));
        }
        return changes.stream().map(Change::outcome).toList();
    }

    private static Change<Item> change(Cells cells, Optional<Item> before, Item wanted, ItemFacts.Facts facts) {
        // What a cell lacks is told once, by the cell.
        if (cells.isSound()) {
            cells.take(ItemCheck.of(wanted, before, facts));
        }
        return Change.of(before, wanted, cells);
    }

    private Item item(Cells cells, Optional<Item> before, Map<String, UUID> preferred) {
        return new Item(
                before.map(Item::id).orElseGet(ids),
                cells.required("item_code", Form.CODE_MOST),
                cells.required("name", Form.NAME_MOST),
                cells.required("hsn_sac", HSN_MOST),
                cells.flag("is_service", before.map(Item::isService).orElse(false), false),
                cells.required("uqc", UQC_MOST),
                plain(cells.requiredDecimal("gst_rate"), 0),
                plain(cells.requiredDecimal("standard_cost"), 2),
                cells.decimal("sales_price", before.flatMap(Item::salesPrice)).map(price -> plain(price, 2)),
                supplier(cells, before.flatMap(Item::preferredSupplier), preferred),
                cells.flag("is_critical", before.map(Item::isCritical).orElse(false), false),
                cells.flag("allow_negative", before.map(Item::allowNegative).orElse(false), false),
                plain(
                        cells.decimal(
                                "over_receipt_percent",
                                before.map(Item::overReceiptPercent).orElse(BigDecimal.ZERO),
                                BigDecimal.ZERO),
                        0),
                cells.text("stock_account", Form.CODE_MOST, before.flatMap(Item::stockAccount)),
                cells.text("expense_account", Form.CODE_MOST, before.flatMap(Item::expenseAccount)),
                cells.flag("active", before.map(Item::active).orElse(true), true));
    }

    private static Optional<UUID> supplier(Cells cells, Optional<UUID> before, Map<String, UUID> preferred) {
        Optional<String> code = cells.text("preferred_supplier_code", Form.CODE_MOST, Optional.of(""));
        if (code.filter(String::isEmpty).isPresent()) {
            return before;
        }
        code.filter(text -> !preferred.containsKey(text))
                .ifPresent(text -> cells.add(
                        "preferred_supplier_code",
                        text,
                        "supplier_unknown",
                        "Expected the code of a supplier of this company but got '" + text
                                + "': bring the suppliers in first"));
        return code.map(preferred::get);
    }

    /** As the rows give numbers, so that equal ones are equal. */
    private static BigDecimal plain(BigDecimal number, int decimals) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < decimals ? stripped.setScale(decimals) : stripped;
    }
}
