package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A company that sells out of one warehouse: a hundred bolts that cost 5 each and sell for 20, and the customers of {@link Shop}. */
final class SalesDesk {
    final Stores stores = new Stores();
    final World world = stores.world;
    final Shop shop = new Shop(world);
    final SalesOrders orders = world.erp.salesOrders(world.events, world.documents, world.trail());
    final Deliveries deliveries = world.erp.deliveries(world.events, world.trail());
    final PriceChanges prices = world.erp.priceChanges(world.events, world.documents, world.trail());
    final Actor seller = world.requester();
    final StockKey bolts = stores.key("BOLT");

    SalesDesk() {
        world.run(tx -> {
            world.erp.modules(world.trail()).set(tx, "sales", true, seller);
            return 0;
        });
        stores.opens(bolts, "100", "5");
        world.sql("update items set sales_price = 20 where tenant_id = :tenant and id = :id", bolts.item());
        world.events.published.clear();
        world.trail.clear();
    }

    /** Bolts at 20, taxed at 18 percent. */
    static NewSalesOrder order(String customer, String quantity) {
        return order(customer, quantity, "20");
    }

    static NewSalesOrder order(String customer, String quantity, String price) {
        return NewSalesOrder.of(
                customer, List.of(NewSalesOrder.Line.of("BOLT", new BigDecimal(quantity), new BigDecimal(price))));
    }

    SalesOrder draft(NewSalesOrder wanted) {
        SalesCreation creation = world.run(tx -> orders.create(tx, wanted, seller));
        if (creation instanceof SalesCreation.Created created) {
            return created.order();
        }
        throw new AssertionError(creation.toString());
    }

    /** Submitted to definitions that took it up. */
    SalesOrder pending(NewSalesOrder wanted) {
        SalesOrder draft = draft(wanted);
        world.events.answer = World.STARTED_ONE;
        world.run(tx -> orders.submit(tx, draft.id(), seller));
        return get(draft.id());
    }

    SalesOrder confirmed(NewSalesOrder wanted) {
        SalesOrder pending = pending(wanted);
        assertThat(confirm(pending.id())).isInstanceOf(Confirming.Confirmed.class);
        return get(pending.id());
    }

    /** By hand. */
    Confirming confirm(UUID order) {
        ByHand<Confirming> byHand = world.run(tx -> orders.confirm(tx, order, seller));
        return World.outcome(byHand);
    }

    SalesOrder delivered(NewSalesOrder wanted) {
        SalesOrder confirmed = confirmed(wanted);
        deliver(confirmed);
        return get(confirmed.id());
    }

    /** All that is still to be delivered. */
    Delivery deliver(SalesOrder order) {
        return posted(post(NewDelivery.rest(order.id())));
    }

    /** Of the first line. */
    Delivering deliver(SalesOrder order, String quantity) {
        return post(new NewDelivery(
                order.id(), Optional.empty(), List.of(new NewDelivery.Line(1, new BigDecimal(quantity)))));
    }

    Delivering post(NewDelivery delivery) {
        return world.run(tx -> deliveries.post(tx, delivery, stores.keeper));
    }

    static Delivery posted(Delivering delivering) {
        if (delivering instanceof Delivering.Delivered delivered) {
            return delivered.delivery();
        }
        throw new AssertionError(delivering.toString());
    }

    SalesOrder get(UUID order) {
        return world.run(tx -> orders.get(tx, order)).orElseThrow();
    }

    Customer customer(String code) {
        return shop.customer(code);
    }

    StockLevel level() {
        return stores.level(bolts);
    }

    void hold(String customer, boolean hold) {
        world.sql(
                "update customers set credit_hold = " + hold + " where tenant_id = :tenant and id = :id",
                customer(customer).id());
    }

    void limit(String customer, String limit) {
        world.sql(
                "update customers set credit_limit = " + limit + " where tenant_id = :tenant and id = :id",
                customer(customer).id());
    }
}
