package dev.millrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.erp.demo.DemoStep;
import dev.millrace.server.demo.BillBook.Billed;
import dev.millrace.server.demo.Choice.Approve;
import dev.millrace.server.demo.Choice.Leave;
import dev.millrace.server.demo.Choice.Reject;
import dev.millrace.server.demo.OrderBook.Raised;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final List<String> LARGE = DemoOrders.all().stream()
            .filter(order -> order.total().compareTo(OrderBook.LIMIT) > 0)
            .map(DemoOrder::number)
            .toList();

    @Test
    void the_finance_head_approves_most_rejects_some_and_leaves_some() {
        var choices = LARGE.stream().map(Choice::ofFinanceHead).toList();

        assertThat(choices).filteredOn(Approve.class::isInstance).hasSizeGreaterThan(LARGE.size() / 2);
        assertThat(choices).filteredOn(Reject.class::isInstance).hasSizeBetween(3, 10);
        assertThat(choices).filteredOn(Leave.class::isInstance).hasSizeBetween(3, 10);
    }

    @Test
    void the_cfo_decides_on_all_that_the_finance_head_leaves_and_rejects_one_or_two() {
        var left = LARGE.stream()
                .filter(order -> Choice.ofFinanceHead(order) instanceof Leave)
                .toList();

        var choices = left.stream().map(Choice::ofCfo).toList();

        assertThat(choices).noneMatch(Leave.class::isInstance);
        assertThat(choices).filteredOn(Reject.class::isInstance).hasSizeBetween(1, 2);
    }

    @Test
    void the_same_order_is_always_decided_in_the_same_way() {
        assertThat(LARGE)
                .allSatisfy(order -> assertThat(Choice.ofFinanceHead(order))
                        .isEqualTo(Choice.ofFinanceHead(new String(order.toCharArray()))));
    }

    @Test
    void every_rejection_says_why() {
        assertThat(LARGE.stream()
                        .map(Choice::ofFinanceHead)
                        .filter(Reject.class::isInstance)
                        .map(choice -> ((Reject) choice).reason()))
                .allSatisfy(reason -> assertThat(reason).endsWith("."));
    }

    @Test
    void of_invoices_that_differ_some_are_accepted_some_rejected_and_only_last_ones_left() {
        var bills = DemoOrders.all().stream().flatMap(ChoiceTest::differing).toList();

        var choices = bills.stream().map(Choice::ofBill).toList();

        assertThat(choices).filteredOn(Approve.class::isInstance).hasSizeGreaterThan(20);
        assertThat(choices).filteredOn(Reject.class::isInstance).hasSizeGreaterThan(20);
        assertThat(bills)
                .filteredOn(bill -> Choice.ofBill(bill) instanceof Leave)
                .allMatch(Billed::isLast);
        assertThat(choices).filteredOn(Leave.class::isInstance).isNotEmpty();
    }

    private static Stream<Billed> differing(DemoOrder order) {
        var raised = new Raised(UUID.randomUUID(), "PO-1", "Deccan Steel", order.total(), Optional.of(order));
        return order.steps().stream()
                .filter(step -> step instanceof DemoStep.Invoice invoice
                        && invoice.planted().isPresent())
                .map(step -> new Billed(UUID.randomUUID(), raised, (DemoStep.Invoice) step, order.isLast(step)));
    }
}
