package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Customers' orders, what leaves for them, their invoices, and what things are sold for. */
final class SalesActs {
    private static final String ITEM = "PNT-SYN-20L";
    private static final String ORDERS = "sales_orders";
    private static final String OPEN = "status in ('draft', 'pending_approval', 'on_hold')";

    private final Scene scene;
    private final SalesOrders orders;
    private final Deliveries deliveries;
    private final SalesInvoices invoices;
    private final PriceChanges prices;
    private final Actor seller;
    private final Actor head;
    private final Actor warehouse;
    private final Actor accounts;
    private final List<String> customers;

    SalesActs(Scene scene) {
        Acme acme = scene.acme();
        this.scene = scene;
        this.orders = acme.erp.salesOrders(acme.engine.events(), acme.engine.documents(), acme.trail);
        this.deliveries = acme.erp.deliveries(acme.engine.events(), acme.trail);
        this.invoices = acme.erp.salesInvoices(acme.engine.events(), acme.trail);
        this.prices = acme.erp.priceChanges(acme.engine.events(), acme.engine.documents(), acme.trail);
        this.seller = acme.actor("admin");
        this.head = acme.actor("sales.head");
        this.warehouse = acme.actor("warehouse");
        this.accounts = acme.actor("accounts");
        this.customers = acme.run(tx -> acme.erp.customers().list(tx, "", 3)).stream()
                .map(Customer::code)
                .toList();
    }

    List<Scene.Act> all() {
        return List.of(
                scene.act(this::order),
                scene.act(this::order),
                scene.act(this::submit),
                scene.act(this::revise),
                scene.act(this::revise),
                scene.act(this::confirm),
                scene.act(this::confirm),
                scene.act(this::hold),
                scene.act(this::cancel),
                scene.act(this::deliver),
                scene.act(this::deliver),
                scene.act(this::takeBack),
                scene.act(this::invoice),
                scene.act(this::sell),
                scene.act(this::sell),
                scene.act(this::reprice),
                scene.act(this::decidePrice));
    }

    private NewSalesOrder wanted() {
        return NewSalesOrder.of(
                scene.any(customers), List.of(NewSalesOrder.Line.of(ITEM, scene.upTo(4), new BigDecimal("600"))));
    }

    private void order(Tx tx) {
        if (orders.create(tx, wanted(), seller) instanceof SalesCreation.Created created && !scene.onceIn(3)) {
            orders.submit(tx, created.order().id(), seller);
        }
    }

    /** Also one that was put on hold, and one that waits already. */
    private void submit(Tx tx) {
        scene.one(tx, ORDERS, OPEN).ifPresent(order -> orders.submit(tx, order, seller));
    }

    private void revise(Tx tx) {
        scene.one(tx, ORDERS, OPEN).ifPresent(order -> orders.revise(tx, order, wanted(), seller));
    }

    private void confirm(Tx tx) {
        scene.one(tx, ORDERS, OPEN + " or status = 'confirmed'").ifPresent(order -> orders.confirm(tx, order, head));
    }

    private void hold(Tx tx) {
        scene.one(tx, ORDERS, "status in ('pending_approval', 'confirmed', 'on_hold')")
                .ifPresent(order -> orders.putOnHold(tx, order, "asks for another price", head));
    }

    private void cancel(Tx tx) {
        scene.one(tx, ORDERS, OPEN + " or status in ('confirmed', 'delivered', 'cancelled')")
                .ifPresent(order -> orders.cancel(tx, order, "not wanted any more", head));
    }

    private void deliver(Tx tx) {
        scene.one(tx, ORDERS, "status in ('confirmed', 'part_delivered')").ifPresent(order -> {
            var one = new NewDelivery(order, Optional.empty(), List.of(new NewDelivery.Line(1, BigDecimal.ONE)));
            deliveries.post(tx, scene.onceIn(2) ? one : NewDelivery.rest(order), warehouse);
        });
    }

    private void takeBack(Tx tx) {
        scene.one(tx, "deliveries", "true")
                .ifPresent(delivery -> deliveries.reverse(tx, delivery, "damaged", warehouse));
    }

    private void invoice(Tx tx) {
        scene.one(tx, ORDERS, "status in ('confirmed', 'delivered')")
                .ifPresent(order -> invoices.makeOfOrder(tx, order, accounts));
    }

    /** Without an order. */
    private void sell(Tx tx) {
        InvoiceDrafted drafted = invoices.draft(
                tx,
                NewSalesInvoice.of(
                        scene.any(customers),
                        List.of(NewSalesInvoice.Line.of(ITEM, scene.upTo(3), new BigDecimal("600")))),
                accounts);
        if (drafted instanceof InvoiceDrafted.Drafted draft && !scene.onceIn(4)) {
            UUID id = draft.invoice().id();
            invoices.make(tx, id, accounts);
        }
    }

    private void reprice(Tx tx) {
        prices.request(
                tx,
                new NewPriceChange(
                        Optional.empty(), Optional.of(ITEM), scene.upTo(900), Optional.empty(), Optional.of("dearer")),
                seller);
    }

    private void decidePrice(Tx tx) {
        scene.one(tx, "price_changes", "true").ifPresent(change -> {
            if (scene.onceIn(2)) {
                prices.approve(tx, change, head);
            } else {
                prices.reject(tx, change, "as asked", head);
            }
        });
    }
}
