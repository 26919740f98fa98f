package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Tx;
import dev.millrace.erp.StockMovement.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A company of {@link World} that keeps stock in one warehouse, and whose bolts come from supplier S1. */
final class Stores {
    final World world = new World();
    final Stock stock = world.erp.stock(world.events, world.trail());
    final Receipts receipts = world.erp.receipts(world.events, world.trail());
    final Warehouse main = new Warehouse(
            world.erp.ids().get(),
            "MAIN",
            "Main store",
            Optional.of("27"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            true);
    final Actor keeper = Actor.user(world.member("warehouse"));

    Stores() {
        world.run(tx -> {
            world.erp.modules(world.trail()).set(tx, "inventory", true, keeper);
            world.erp.modules(world.trail()).set(tx, "finance", true, keeper);
            world.erp.masters().addWarehouses(tx, List.of(main));
            return 0;
        });
        world.sql("""
                update items i set preferred_supplier_id = s.id
                  from suppliers s
                 where i.tenant_id = :tenant and s.tenant_id = i.tenant_id and s.code = 'S1' and :id::uuid is not null
                """, main.id());
        world.trail.clear();
    }

    StockKey key(String itemCode) {
        return new StockKey(item(itemCode).id(), main.id());
    }

    Item item(String code) {
        return world.run(tx -> world.erp.masters().items(tx, "", 100)).stream()
                .filter(item -> item.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    StockMovement opens(StockKey key, String quantity, String cost) {
        return movement(adjust(key, quantity, Reason.OPENING, Optional.of(cost)));
    }

    StockMovement adjusts(StockKey key, String quantity, Optional<String> cost) {
        return movement(adjust(key, quantity, Reason.COUNT, cost));
    }

    private static StockMovement movement(Adjusting adjusting) {
        if (adjusting instanceof Adjusting.Adjusted adjusted) {
            return adjusted.movement();
        }
        throw new AssertionError(adjusting.toString());
    }

    Adjusting adjust(StockKey key, String quantity, Reason reason, Optional<String> cost) {
        return world.run(tx -> adjust(tx, key, quantity, reason, cost));
    }

    Adjusting adjust(Tx tx, StockKey key, String quantity, Reason reason, Optional<String> cost) {
        return stock.adjust(
                tx,
                new Adjustment(
                        key, new BigDecimal(quantity), reason, cost.map(BigDecimal::new), true, Optional.empty()),
                keeper);
    }

    StockLevel watches(StockKey key, String level, String quantity) {
        Stock.Watching watching =
                world.run(tx -> stock.watch(tx, key, new BigDecimal(level), new BigDecimal(quantity), keeper));
        if (watching instanceof Stock.Watching.Watched watched) {
            return watched.level();
        }
        throw new AssertionError(watching.toString());
    }

    StockLevel level(StockKey key) {
        return world.run(tx -> stock.level(tx, key)).orElseThrow();
    }

    List<StockMovement> movements(StockKey key) {
        return world.run(tx ->
                stock.movements(tx, Optional.of(key.item()), Optional.of(key.warehouse()), Optional.empty(), 100));
    }

    BigDecimal sumOfMovements(StockKey key) {
        return movements(key).stream().map(StockMovement::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What the accounts hold that hold something, in the company's currency; debit is above zero. */
    Map<String, String> books() {
        Map<String, String> books = new TreeMap<>();
        world.run(tx -> tx.handle()
                        .createQuery("""
                                select a.code, sum(l.base_debit - l.base_credit) as balance
                                  from journal_lines l
                                  join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                                 where l.tenant_id = :tenant
                                 group by a.code
                                having sum(l.base_debit - l.base_credit) <> 0
                                """)
                        .bind("tenant", world.tenant)
                        .mapToMap()
                        .list())
                .forEach(row -> books.put(
                        String.valueOf(row.get("code")),
                        new BigDecimal(String.valueOf(row.get("balance")))
                                .setScale(2)
                                .toPlainString()));
        return books;
    }

    List<NewEvent> events(String name) {
        return world.events.published.stream()
                .filter(event -> event.name().equals(name))
                .toList();
    }

    Warehouse addWarehouse(String code) {
        var warehouse = new Warehouse(
                world.erp.ids().get(),
                code,
                "Store " + code,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true);
        world.run(tx -> {
            world.erp.masters().addWarehouses(tx, List.of(warehouse));
            return 0;
        });
        return warehouse;
    }

    /** An approved order. */
    PurchaseOrder locked(NewOrder wanted) {
        Actor requester = world.requester();
        world.events.answer = World.STARTED_ONE;
        PurchaseOrder draft = World.created(world.run(tx -> world.orders.create(tx, wanted, requester)));
        world.run(tx -> world.orders.submit(tx, draft.id(), requester));
        world.approve(draft.id());
        return world.get(draft.id());
    }

    /** Something came for the order's first line. */
    Receiving receive(PurchaseOrder order, String quantity, String rejected) {
        var line = new NewReceipt.Line(
                1, new BigDecimal(quantity), Optional.of(new BigDecimal(rejected)), Optional.empty());
        return receive(NewReceipt.of(order.id(), List.of(line)));
    }

    Receiving receive(NewReceipt receipt) {
        return world.run(tx -> receipts.post(tx, receipt, keeper));
    }

    /** What was told of items below their reorder level. */
    List<NewEvent> falls() {
        return events("stock.below_reorder_level");
    }
}
