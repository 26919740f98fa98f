package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesOrder.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds of stock, exposure and books after any history of sales orders, allowed and refused acts alike. */
class SalesProperties {
    private static final Set<Status> RESERVED = Set.of(Status.CONFIRMED, Status.PART_DELIVERED, Status.DELIVERED);

    /** What somebody does to one of three orders. */
    enum Act {
        SUBMIT,
        CONFIRM,
        HOLD,
        CANCEL,
        DELIVER_SOME,
        DELIVER_REST,
        REVERSE,
        INVOICE,
        LOSE_STOCK,
        FIND_STOCK
    }

    record Move(int order, Act act) {}

    @Provide
    Arbitrary<List<Move>> histories() {
        return Combinators.combine(Arbitraries.integers().between(0, 2), Arbitraries.of(Act.class))
                .as(Move::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void what_is_reserved_is_what_confirmed_lines_still_want_and_all_sums_are_right(
            @ForAll("histories") List<Move> history) {
        var desk = new SalesDesk();
        desk.world.events.answer = World.STARTED_ONE;
        var orders = new ArrayList<UUID>();
        for (String quantity : List.of("40", "35", "50")) {
            orders.add(desk.draft(SalesDesk.order("LOCAL", quantity, "15.35")).id());
        }

        for (Move move : history) {
            act(desk, orders.get(move.order()), move.act());
            assertSums(desk, orders);
        }

        assertThat(desk.stores.sumOfMovements(desk.bolts))
                .isEqualByComparingTo(desk.level().onHand());
        TrialBalance balance = desk.world.run(tx -> desk.world
                .erp
                .journals(desk.world.events, desk.world.trail())
                .trialBalance(tx, LocalDate.of(2099, 1, 1)));
        assertThat(balance.debit()).isEqualByComparingTo(balance.credit());
    }

    private static void act(SalesDesk desk, UUID order, Act act) {
        switch (act) {
            case SUBMIT -> run(desk, tx -> desk.orders.submit(tx, order, desk.seller));
            case CONFIRM -> run(desk, tx -> desk.orders.confirm(tx, order, desk.seller));
            case HOLD -> run(desk, tx -> desk.orders.putOnHold(tx, order, "x", desk.seller));
            case CANCEL -> run(desk, tx -> desk.orders.cancel(tx, order, "x", desk.seller));
            case DELIVER_SOME -> desk.deliver(desk.get(order), "7");
            case DELIVER_REST -> desk.post(NewDelivery.rest(order));
            case REVERSE -> reverseLast(desk, order);
            case INVOICE -> run(desk, tx -> desk.shop.invoices.makeOfOrder(tx, order, desk.seller));
            case LOSE_STOCK -> desk.stores.adjust(desk.bolts, "-13", StockMovement.Reason.LOSS, Optional.empty());
            case FIND_STOCK -> desk.stores.adjusts(desk.bolts, "13", Optional.empty());
        }
    }

    private static void run(SalesDesk desk, Function<Tx, Object> work) {
        desk.world.run(work);
    }

    private static void reverseLast(SalesDesk desk, UUID order) {
        List<Delivery> deliveries =
                desk.world.run(tx -> desk.deliveries.list(tx, Optional.of(order), Optional.empty(), 1));
        deliveries.forEach(last -> run(desk, tx -> desk.deliveries.reverse(tx, last.id(), "x", desk.stores.keeper)));
    }

    private static void assertSums(SalesDesk desk, List<UUID> ids) {
        BigDecimal wanted = BigDecimal.ZERO;
        BigDecimal owed = BigDecimal.ZERO;
        BigDecimal gone = BigDecimal.ZERO;
        for (UUID id : ids) {
            SalesOrder order = desk.get(id);
            SalesOrder.Line line = order.lines().getFirst();
            boolean counts = RESERVED.contains(order.status());
            assertThat(line.reservedQty()).isEqualByComparingTo(counts ? line.outstanding() : BigDecimal.ZERO);
            wanted = wanted.add(line.reservedQty());
            gone = gone.add(line.deliveredQty());
            owed = owed.add(counts ? order.header().amountBase() : BigDecimal.ZERO);
        }
        List<SalesInvoice> invoices = desk.world.run(
                tx -> desk.shop.invoices.list(tx, Optional.empty(), Optional.empty(), Optional.empty(), 100));
        for (SalesInvoice invoice : invoices) {
            owed = owed.add(invoice.amounts().total());
        }
        assertThat(desk.level().reserved()).isEqualByComparingTo(wanted);
        assertThat(desk.level().onHand()).isNotNegative();
        assertThat(desk.customer("LOCAL").exposure()).isEqualByComparingTo(owed);
        assertThat(gone).isEqualByComparingTo(delivered(desk));
    }

    /** By the movements of stock. */
    private static BigDecimal delivered(SalesDesk desk) {
        return desk.stores.movements(desk.bolts).stream()
                .filter(movement -> movement.source().isPresent())
                .map(StockMovement::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .negate();
    }
}
