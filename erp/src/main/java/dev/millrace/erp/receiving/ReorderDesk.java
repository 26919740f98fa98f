package dev.millrace.erp.receiving;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.engine.Documents;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Creation;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.Permissions;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.Warehouse;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.TaskRows;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.WarehouseRows;
import dev.millrace.erp.procurement.OrderDrafting;
import dev.millrace.erp.procurement.OrderDrafting.Wanted;
import dev.millrace.erp.procurement.OrderReader;
import dev.millrace.erp.procurement.OrderSubmission;
import dev.millrace.erp.receiving.ReorderRows.Reorder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Orders what runs out, once: what is asked for or drafted already is found again. Locks the reorder of the item and
 * warehouse; joins the caller's transaction.
 */
public final class ReorderDesk {
    private static final int DECIMALS = 2;

    private final Supplier<UUID> ids;
    private final StockBook book;
    private final OrderDrafting drafting;
    private final OrderSubmission submission;
    private final OrderReader orders = new OrderReader();
    private final ReorderRows rows = new ReorderRows();
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();
    private final TaskRows tasks = new TaskRows();

    public ReorderDesk(Supplier<UUID> ids, StockBook book, OrderDrafting drafting, OrderSubmission submission) {
        this.ids = ids;
        this.book = book;
        this.drafting = drafting;
        this.submission = submission;
    }

    /** What is made. */
    public enum Create {
        /** A task for Purchasing. */
        REQUEST,
        DRAFT_PO,
        /** An order that is submitted for approval. */
        SUBMITTED_PO
    }

    /**
     * What is short, and what is to be done about it.
     *
     * @param quantity the level's reorder quantity when absent
     * @param supplier the item's preferred one when absent
     */
    public record Shortage(StockKey key, Optional<BigDecimal> quantity, Optional<UUID> supplier, Create create) {}

    /** What came of it. */
    public sealed interface Reordered {
        /**
         * @param order empty: a task was given instead
         * @param estimatedAmount without tax, in the company's currency
         * @param alreadyOpen nothing was made: it was there
         */
        record Open(Optional<PurchaseOrder> order, BigDecimal quantity, BigDecimal estimatedAmount, boolean alreadyOpen)
                implements Reordered {}

        /** Nothing was made. */
        record Refused(InputProblem problem) implements Reordered {}
    }

    /**
     * @param documents of the engine, for an order that is submitted
     */
    public Reordered reorder(Tx tx, Shortage wanted, Documents documents, Herald herald) {
        Optional<Item> item = items.byId(tx, wanted.key().item()).filter(i -> i.active() && !i.isService());
        if (item.isEmpty()) {
            return refused("not_a_stock_item", "item_id", "Expected at item_id an active item that is kept in stock");
        }
        Optional<Warehouse> warehouse =
                warehouses.byId(tx, wanted.key().warehouse()).filter(Warehouse::active);
        if (warehouse.isEmpty()) {
            return refused("warehouse_unknown", "warehouse_id", "Expected an active warehouse at warehouse_id");
        }
        Reorder last = rows.hold(tx, wanted.key());
        Optional<PurchaseOrder> open = last.order()
                .flatMap(id -> orders.find(tx, id))
                .filter(order -> order.status().isOpen());
        boolean asked = last.task().filter(task -> tasks.isOpen(tx, task)).isPresent();
        if (open.isPresent() || asked) {
            return new Reordered.Open(open, last.quantity(), last.estimatedAmount(), true);
        }
        BigDecimal quantity = wanted.quantity()
                .or(() -> book.level(tx, wanted.key()).map(StockLevel::reorderQty))
                .orElse(BigDecimal.ZERO);
        if (quantity.signum() <= 0) {
            return refused(
                    "out_of_range",
                    "quantity",
                    "Expected a quantity above 0, or a reorder quantity of "
                            + item.get().code() + " in " + warehouse.get().name());
        }
        Optional<UUID> supplier = wanted.supplier().or(item.get()::preferredSupplier);
        if (supplier.isEmpty() && wanted.create() != Create.REQUEST) {
            return refused(
                    "no_supplier",
                    "supplier_id",
                    item.get().code() + " has no preferred supplier: name one, or give the item one");
        }
        BigDecimal estimated = supplier.flatMap(id -> drafting.estimate(tx, id, item.get()))
                .orElse(item.get().standardCost())
                .multiply(quantity)
                .setScale(DECIMALS, HALF_UP);
        return switch (wanted.create()) {
            case REQUEST -> ask(tx, wanted.key(), item.get(), warehouse.get(), quantity, estimated, herald);
            case DRAFT_PO, SUBMITTED_PO ->
                draft(tx, wanted, supplier.orElseThrow(), quantity, estimated, documents, herald);
        };
    }

    private Reordered ask(
            Tx tx,
            StockKey key,
            Item item,
            Warehouse warehouse,
            BigDecimal quantity,
            BigDecimal estimated,
            Herald herald) {
        UUID task = ids.get();
        tasks.insertForRole(
                tx,
                task,
                Permissions.PURCHASING,
                "Order " + quantity.toPlainString() + " x " + item.code(),
                item.name() + " runs out in " + warehouse.name() + ".",
                "item",
                item.id());
        rows.set(tx, key, new Reorder(quantity, estimated, Optional.empty(), Optional.of(task)));
        herald.journal(
                tx,
                "stock.reorder_requested",
                "item",
                item.id(),
                Optional.empty(),
                Optional.empty(),
                quantity.toPlainString() + " x " + item.code() + " for " + warehouse.name());
        return new Reordered.Open(Optional.empty(), quantity, estimated, false);
    }

    private Reordered draft(
            Tx tx,
            Shortage wanted,
            UUID supplier,
            BigDecimal quantity,
            BigDecimal estimated,
            Documents documents,
            Herald herald) {
        var line = new Wanted.Line(
                wanted.key().item(),
                quantity,
                Optional.empty(),
                Optional.of(wanted.key().warehouse()),
                Optional.empty());
        Creation creation = drafting.draft(
                tx, new Wanted(supplier, Optional.empty(), List.of(line)), "reorder by " + herald.by(), herald);
        return switch (creation) {
            case Creation.Refused refused ->
                new Reordered.Refused(refused.problems().getFirst());
            case Creation.Created created -> {
                UUID order = created.order().id();
                rows.set(tx, wanted.key(), new Reorder(quantity, estimated, Optional.of(order), Optional.empty()));
                if (wanted.create() == Create.SUBMITTED_PO) {
                    submission.submit(tx, order, documents, herald);
                }
                yield new Reordered.Open(orders.find(tx, order), quantity, estimated, false);
            }
        };
    }

    private static Reordered refused(String code, String path, String message) {
        return new Reordered.Refused(new InputProblem(code, path, message));
    }
}
