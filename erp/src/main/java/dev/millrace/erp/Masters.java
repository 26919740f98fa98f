package dev.millrace.erp;

import dev.millrace.engine.Tx;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.StockOpening;
import dev.millrace.erp.inventory.WarehouseRows;
import dev.millrace.erp.procurement.SupplierRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Suppliers, items and warehouses, and what there is to begin with. Lists go by code; {@code after} is the last code seen. Joins the caller's transaction. */
public final class Masters {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 500;

    private final SupplierRows suppliers = new SupplierRows();
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();
    private final StockOpening opening;

    Masters(java.util.function.Supplier<UUID> ids) {
        this.opening = new StockOpening(ids);
    }

    public List<Supplier> suppliers(Tx tx, String after, int limit) {
        return suppliers.page(tx, after, within(limit));
    }

    public Optional<Supplier> supplier(Tx tx, UUID id) {
        return suppliers.byId(tx, id);
    }

    public List<Item> items(Tx tx, String after, int limit) {
        return items.page(tx, after, within(limit));
    }

    /** The database refuses a code or a GSTIN that is there already, and a GSTIN with a wrong check digit. */
    public void addSuppliers(Tx tx, List<Supplier> more) {
        suppliers.insert(tx, more);
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
     * Nobody is told of it, and nothing is booked: the ledger has an opening balance of its own.
     *
     * @throws IllegalStateException there was stock of one of them already
     */
    public void openStock(Tx tx, List<OpeningStock> all) {
        all.forEach(one -> opening.open(tx, one));
    }

    /**
     * Nothing may be ordered from a blocked supplier; what is ordered stays.
     *
     * @return false: it is not there or not active
     */
    public boolean block(Tx tx, UUID supplier) {
        return suppliers.block(tx, supplier);
    }

    private static int within(int limit) {
        return Math.clamp(limit, 1, PAGE_MOST);
    }
}
