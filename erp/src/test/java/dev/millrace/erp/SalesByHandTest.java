package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.engine.Documents.Decider;
import dev.millrace.erp.SalesOrder.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sales orders and prices that people decide on by hand. */
class SalesByHandTest {
    private static final Decider DECIDER = new Decider(new UUID(3, 3), "key-accounts", 2, Optional.empty());

    private final SalesDesk desk = new SalesDesk();
    private final World world = desk.world;

    private ByHand<Confirming> confirm(UUID order) {
        return world.run(tx -> desk.orders.confirm(tx, order, desk.seller));
    }

    private void hold(UUID order) {
        world.run(tx -> desk.orders.putOnHold(tx, order, "customer asked", desk.seller));
    }

    @Test
    void what_no_workflow_was_asked_about_is_submitted_first() {
        SalesOrder draft = desk.draft(SalesDesk.order("LOCAL", "10"));
        SalesOrder held = desk.pending(SalesDesk.order("LOCAL", "10"));
        hold(held.id());

        assertThat(World.outcome(confirm(draft.id()))).isInstanceOf(Confirming.WrongState.class);
        assertThat(World.outcome(confirm(held.id()))).isInstanceOf(Confirming.WrongState.class);
        assertThat(desk.level().reserved()).isEqualByComparingTo("0");
        assertThat(World.outcome(confirm(new UUID(1, 1)))).isEqualTo(new Confirming.NotFound(new UUID(1, 1)));
    }

    @Test
    void the_hold_of_a_confirmed_order_is_lifted_by_hand() {
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "10"));
        hold(confirmed.id());
        assertThat(desk.level().reserved()).isEqualByComparingTo("0");

        assertThat(World.outcome(confirm(confirmed.id())))
                .asInstanceOf(type(Confirming.Confirmed.class))
                .satisfies(again -> assertThat(again.changed()).isTrue());
        assertThat(desk.level().reserved()).isEqualByComparingTo("10");
        assertThat(World.outcome(confirm(confirmed.id())))
                .asInstanceOf(type(Confirming.Confirmed.class))
                .satisfies(again -> assertThat(again.changed()).isFalse());
    }

    @Test
    void as_long_as_a_workflow_decides_a_hand_confirms_nothing_but_stops_and_cancels() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));
        SalesOrder other = desk.pending(SalesDesk.order("LOCAL", "10"));
        world.documents.deciders = List.of(DECIDER);

        assertThat(confirm(pending.id())).isEqualTo(new ByHand.BeingDecided<>(DECIDER));
        assertThat(desk.get(pending.id())).isEqualTo(pending);
        hold(pending.id());
        assertThat(world.documents.told)
                .last()
                .isEqualTo(
                        "withdrawn from 1: " + pending.number() + " was put on hold by Ravi Requester: customer asked");
        assertThat(desk.get(pending.id()).status()).isEqualTo(Status.ON_HOLD);
        world.run(tx -> desk.orders.cancel(tx, other.id(), "no need", desk.seller));
        assertThat(world.documents.told)
                .last()
                .isEqualTo("withdrawn from 1: " + other.number() + " was cancelled by Ravi Requester: no need");

        int told = world.documents.told.size();
        hold(pending.id());
        world.run(tx -> desk.orders.cancel(tx, other.id(), "no need", desk.seller));
        assertThat(world.documents.told).hasSize(told);
    }

    @Test
    void a_price_is_applied_by_hand_by_another_than_who_asked_and_where_no_workflow_decides() {
        PriceChange change = requested();

        assertThat(world.<ByHand<PriceDecision>>run(tx -> desk.prices.approve(tx, change.id(), desk.seller)))
                .isInstanceOf(ByHand.Own.class);
        world.documents.deciders = List.of(DECIDER);
        assertThat(approve(change.id())).isEqualTo(new ByHand.BeingDecided<>(DECIDER));
        world.documents.deciders = List.of();
        assertThat(isChanged(World.outcome(approve(change.id())))).isTrue();
        assertThat(isChanged(World.outcome(approve(change.id())))).isFalse();
        assertThat(reject(change.id())).isInstanceOf(PriceDecision.WrongState.class);
        assertThat(World.outcome(approve(new UUID(1, 1)))).isInstanceOf(PriceDecision.NotFound.class);
        assertThat(world.trail).anyMatch(entry -> entry.startsWith("Wasim Warehouse price_change.applied"));
    }

    @Test
    void a_price_that_is_refused_by_hand_takes_the_decision_from_the_workflow() {
        PriceChange change = requested();
        world.documents.deciders = List.of(DECIDER);

        assertThat(isChanged(reject(change.id()))).isTrue();
        assertThat(isChanged(reject(change.id()))).isFalse();

        assertThat(world.documents.told)
                .containsExactly("withdrawn from 1: The price of BOLT was refused by Ravi Requester: too dear");
        assertThat(World.outcome(approve(change.id()))).isInstanceOf(PriceDecision.WrongState.class);
    }

    @Test
    void what_is_another_companys_is_not_there() {
        SalesOrder sold = desk.pending(SalesDesk.order("LOCAL", "10"));
        PurchaseOrder bought = world.pending();
        PriceChange change = requested();
        var elsewhere = new SalesDesk();

        assertThat(World.outcome(elsewhere.world.<ByHand<Confirming>>run(
                        tx -> elsewhere.orders.confirm(tx, sold.id(), elsewhere.seller))))
                .isInstanceOf(Confirming.NotFound.class);
        assertThat(elsewhere.world.<Holding>run(tx -> elsewhere.orders.putOnHold(tx, sold.id(), "x", elsewhere.seller)))
                .isInstanceOf(Holding.NotFound.class);
        assertThat(elsewhere.world.<SalesCancelling>run(
                        tx -> elsewhere.orders.cancel(tx, sold.id(), "x", elsewhere.seller)))
                .isInstanceOf(SalesCancelling.NotFound.class);
        assertThat(elsewhere.world.approve(bought.id())).isInstanceOf(Locking.NotFound.class);
        assertThat(elsewhere.world.<Cancelling>run(
                        tx -> elsewhere.world.orders.cancel(tx, bought.id(), "x", elsewhere.seller)))
                .isInstanceOf(Cancelling.NotFound.class);
        assertThat(World.outcome(elsewhere.world.<ByHand<PriceDecision>>run(
                        tx -> elsewhere.prices.approve(tx, change.id(), elsewhere.stores.keeper))))
                .isInstanceOf(PriceDecision.NotFound.class);
        assertThat(elsewhere.world.<PriceDecision>run(
                        tx -> elsewhere.prices.reject(tx, change.id(), "x", elsewhere.seller)))
                .isInstanceOf(PriceDecision.NotFound.class);
        assertThat(desk.get(sold.id()).status()).isEqualTo(Status.PENDING_APPROVAL);
    }

    private PriceChange requested() {
        var wanted = new NewPriceChange(
                Optional.empty(), Optional.of("BOLT"), new BigDecimal("25"), Optional.empty(), Optional.empty());
        PriceRequest request = world.run(tx -> desk.prices.request(tx, wanted, desk.seller));
        return ((PriceRequest.Requested) request).change();
    }

    private ByHand<PriceDecision> approve(UUID change) {
        return world.run(tx -> desk.prices.approve(tx, change, desk.stores.keeper));
    }

    private PriceDecision reject(UUID change) {
        return world.run(tx -> desk.prices.reject(tx, change, "too dear", desk.seller));
    }

    private static boolean isChanged(PriceDecision decision) {
        assertThat(decision).isInstanceOf(PriceDecision.Decided.class);
        return ((PriceDecision.Decided) decision).changed();
    }
}
