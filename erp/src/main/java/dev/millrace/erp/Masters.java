package dev.millrace.erp;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.QuietHerald;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.StockOpening;
import dev.millrace.erp.inventory.WarehouseRows;
import dev.millrace.erp.procurement.SupplierRows;
import dev.millrace.erp.procurement.SupplierWriteRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Suppliers, items and warehouses, and what there is to begin with. Lists go by code; {@code after} is the last code seen. Joins the caller's transaction. */
public final class Masters {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 500;

    private final SupplierRows suppliers = new SupplierRows();
    private final SupplierWriteRows supplierWrites = new SupplierWriteRows();
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();
    private final StockOpening opening;

    Masters(StockOpening opening) {
        this.opening = opening;
    }

    public List<Supplier> suppliers(Tx tx, String after, int limit) {
        return suppliers.page(tx, Optional.empty(), after, within(limit));
    }

    public Optional<Supplier> supplier(Tx tx, UUID id) {
        return suppliers.byId(tx, id);
    }

    public List<Item> items(Tx tx, String after, int limit) {
        return items.page(tx, after, within(limit));
    }

    /** The database refuses a code or a GSTIN that is there already, and a GSTIN with a wrong check digit. */
    public void addSuppliers(Tx tx, List<Supplier> more) {
        supplierWrites.insert(tx, more);
    }

    /** The database refuses a code that is there already. */
    public void addItems(Tx tx, List<Item> more) {
        items.insert(tx, more);
    }

    /** The database refuses a code that is there already, and a second one where goods go by default. */
    public void addWarehouses(Tx tx, List<Warehouse> more) {
        warehouses.insert(tx, more);
    }

    /**
     * Books it against the opening balance, where the company keeps books here. Nobody is told: nothing has happened yet.
     *
     * @throws IllegalStateException there was stock of one of them already
     * @throws PostingRefused the ledger does not take it
     */
    public void openStock(Tx tx, List<OpeningStock> all, Trail trail) {
        opening.open(tx, all, new QuietHerald(trail));
    }

    private static int within(int limit) {
        return Math.clamp(limit, 1, PAGE_MOST);
    }
}
