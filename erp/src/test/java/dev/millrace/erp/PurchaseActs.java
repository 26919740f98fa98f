package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Suppliers, orders from them, and what they deliver. */
final class PurchaseActs {
    private static final String RECEIVABLE = "status in ('approved', 'partially_received')";
    private static final String WAITED_FOR = " and id in (select purchase_order_id from supplier_invoices"
            + " where tenant_id = :tenant and status = 'on_hold' and hold_code = 'receipt')";

    private final Scene scene;
    private final Orders orders;
    private final Receipts receipts;
    private final Suppliers suppliers;
    private final Actor requester;
    private final Actor procurement;
    private final Actor warehouse;
    private final Actor accounts;
    private int entered;

    PurchaseActs(Scene scene) {
        Acme acme = scene.acme();
        this.scene = scene;
        this.orders = acme.orders;
        this.receipts = acme.erp.receipts(acme.engine.events(), acme.trail);
        this.suppliers = acme.erp.suppliers(acme.engine.events(), acme.engine.documents(), acme.trail);
        this.requester = acme.actor("requester");
        this.procurement = acme.actor("procurement");
        this.warehouse = acme.actor("warehouse");
        this.accounts = acme.actor("accounts");
    }

    List<Scene.Act> all() {
        return List.of(
                scene.act(this::raise),
                scene.act(this::raise),
                scene.act(this::lock),
                scene.act(this::lock),
                scene.act(this::cancel),
                scene.act(tx -> receive(tx, RECEIVABLE)),
                scene.act(tx -> receive(tx, RECEIVABLE)),
                scene.act(tx -> receive(tx, RECEIVABLE + WAITED_FOR)),
                scene.act(tx -> receive(tx, RECEIVABLE + WAITED_FOR)),
                scene.act(this::reverseReceipt),
                scene.act(this::reverseReceipt),
                scene.act(this::enterSupplier),
                scene.act(this::changeBank),
                scene.act(this::changeBank));
    }

    private void raise(Tx tx) {
        var wanted = NewOrder.of(
                "S0001",
                List.of(NewOrder.Line.of("PNT-SYN-20L", BigDecimal.TEN, new BigDecimal("415"), new BigDecimal("18"))));
        UUID order = World.created(orders.create(tx, wanted, requester)).id();
        if (!scene.onceIn(4)) {
            orders.submit(tx, order, requester);
        }
    }

    private void lock(Tx tx) {
        scene.one(tx, "purchase_orders", "status in ('pending_approval', 'approved')")
                .ifPresent(order -> orders.approve(tx, order, procurement));
    }

    private void cancel(Tx tx) {
        scene.one(tx, "purchase_orders", "status in ('draft', 'pending_approval', 'approved', 'cancelled')")
                .ifPresent(order -> orders.cancel(tx, order, "not needed", procurement));
    }

    private void receive(Tx tx, String which) {
        scene.one(tx, "purchase_orders", which)
                .ifPresent(order -> receipts.post(
                        tx, NewReceipt.of(order, List.of(NewReceipt.Line.of(1, scene.upTo(10)))), warehouse));
    }

    private void reverseReceipt(Tx tx) {
        scene.one(tx, "goods_receipts", "true")
                .ifPresent(receipt -> receipts.reverse(tx, receipt, "wrong goods", warehouse));
    }

    /** With bank details or without; a code that is taken is refused. */
    private void enterSupplier(Tx tx) {
        String code = "N" + (scene.onceIn(4) ? entered : ++entered);
        suppliers.create(
                tx,
                SuppliersTest.wanted(code, Optional.empty()),
                scene.onceIn(2) ? Optional.of(bank()) : Optional.empty(),
                procurement);
    }

    /** To what it is already, now and then. */
    private void changeBank(Tx tx) {
        scene.one(tx, "suppliers", "true").ifPresent(supplier -> suppliers.changeBank(tx, supplier, bank(), accounts));
    }

    private BankDetails bank() {
        return scene.any(List.of(SuppliersTest.BANK, SuppliersTest.OTHER_BANK));
    }
}
