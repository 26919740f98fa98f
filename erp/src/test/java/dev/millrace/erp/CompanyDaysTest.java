package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.EventPublisher.NewEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each day of a company is gone through once, and says what is overdue and which month ended. */
class CompanyDaysTest {
    private static final String SUPPLIER_INVOICE = "supplier_invoice.overdue";
    private static final String SALES_INVOICE = "sales_invoice.overdue";
    private static final String PERIOD = "period.ended";

    private final InvoiceDesk desk = new InvoiceDesk();
    private final World world = desk.world;

    private CompanyDays days(World of) {
        return of.erp.days(of.events, of.trail());
    }

    private void finance(World of) {
        of.run(tx -> {
            of.erp.modules(of.trail()).set(tx, "finance", true, Actor.SYSTEM);
            return 0;
        });
    }

    /** The company comes to this day next, and it has begun, whatever today is. */
    private static void nextIs(World of, LocalDate day) {
        of.run(tx -> tx.handle()
                .createUpdate("""
                        update company_days set next_day = :day, due_at = '2020-01-01T00:00:00Z' where tenant_id = :tenant
                        """)
                .bind("day", day)
                .bind("tenant", of.tenant)
                .execute());
    }

    private static LocalDate next(World of) {
        return of.run(tx -> tx.handle()
                .createQuery("select next_day from company_days where tenant_id = :tenant")
                .bind("tenant", of.tenant)
                .mapTo(LocalDate.class)
                .one());
    }

    private static LocalDate today(World of) {
        return of.run(tx -> LocalDate.ofInstant(tx.now(), ZoneId.of("Asia/Kolkata")));
    }

    private static List<String> said(World of, LocalDate day) {
        of.events.published.clear();
        nextIs(of, day);
        assertThat(of.erp.days(of.events, of.trail()).runOnce(of.tenant)).contains(day);
        return of.events.names();
    }

    private SupplierInvoice released() {
        finance(world);
        return desk.released(desk.received("100"), "D-1", "100");
    }

    @Test
    void a_suppliers_invoice_is_said_to_be_overdue_after_1_7_30_and_60_days() {
        LocalDate due = released().header().dueDate();
        var saidAfter = new ArrayList<Integer>();
        for (int after = -1; after <= 65; after++) {
            if (said(world, due.plusDays(after)).contains(SUPPLIER_INVOICE)) {
                saidAfter.add(after);
                NewEvent event = world.events.published.stream()
                        .filter(one -> one.name().equals(SUPPLIER_INVOICE))
                        .findFirst()
                        .orElseThrow();
                assertThat(event.payload().path("days_overdue").asInt()).isEqualTo(after);
                assertThat(event.payload().path("open_amount").decimalValue()).isEqualByComparingTo("29500");
            }
        }

        assertThat(saidAfter).containsExactly(1, 7, 30, 60);
    }

    @Test
    void what_is_not_posted_or_is_paid_is_not_overdue() {
        finance(world);
        PurchaseOrder order = desk.received("100");
        SupplierInvoice held = desk.take(order, "D-2", "10", "250");
        SupplierInvoice paid = desk.released(order, "D-3", "20");
        world.sql(
                "update supplier_invoices set status = 'paid', open_amount = 0, paid_amount = total where tenant_id = :tenant and id = :id",
                paid.id());

        assertThat(said(world, held.header().dueDate().plusDays(1))).doesNotContain(SUPPLIER_INVOICE);
        assertThat(said(world, paid.header().dueDate().plusDays(1))).doesNotContain(SUPPLIER_INVOICE);
    }

    @Test
    void a_sales_invoice_is_said_to_be_overdue_likewise() {
        var shop = new Shop();
        finance(shop.world);
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("10", "100"));
        LocalDate due = invoice.made().orElseThrow().dueDate();

        assertThat(said(shop.world, due)).doesNotContain(SALES_INVOICE);
        assertThat(said(shop.world, due.plusDays(7))).contains(SALES_INVOICE);
        assertThat(shop.world
                        .events
                        .published
                        .getFirst()
                        .payload()
                        .path("customer_name")
                        .asString())
                .isEqualTo("Customer LOCAL");
        assertThat(said(shop.world, due.plusDays(8))).doesNotContain(SALES_INVOICE);
    }

    @Test
    void on_the_first_the_month_before_has_ended_with_what_is_left_in_it() {
        finance(world);
        desk.take(desk.received("100"), "D-4", "10", "250");
        LocalDate first = InvoiceDesk.DAY.plusMonths(1).withDayOfMonth(1);

        assertThat(said(world, first)).containsExactly(PERIOD);
        var payload = world.events.published.getFirst().payload();
        assertThat(payload.path("period").asString()).isEqualTo("2025-11");
        assertThat(payload.path("open_documents").asInt()).isEqualTo(1);
        assertThat(payload.path("unposted_journals").asInt()).isZero();
        assertThat(said(world, first.plusDays(1))).isEmpty();
    }

    @Test
    void of_many_nodes_at_once_one_goes_through_the_day() throws Exception {
        LocalDate day = released().header().dueDate().plusDays(1);
        world.events.published.clear();
        nextIs(world, day);
        int nodes = 6;
        var together = new CyclicBarrier(nodes);
        var calls = new ArrayList<Callable<Optional<LocalDate>>>();
        for (int i = 0; i < nodes; i++) {
            CompanyDays node = days(world);
            calls.add(() -> {
                together.await();
                return node.runOnce(world.tenant);
            });
        }
        List<LocalDate> gone;
        try (var threads = Executors.newFixedThreadPool(nodes)) {
            gone = threads.invokeAll(calls).stream()
                    .flatMap(done -> done.resultNow().stream())
                    .toList();
        }

        // The days after it have begun too: who comes late may go through one of them.
        assertThat(gone).contains(day).doesNotHaveDuplicates();
        assertThat(world.events.names().stream().filter(SUPPLIER_INVOICE::equals))
                .hasSize(1);
        assertThat(next(world)).isEqualTo(day.plusDays(gone.size()));
    }

    @Test
    void a_node_that_dies_in_the_middle_leaves_the_day_to_the_next() {
        finance(world);
        PurchaseOrder order = desk.received("100");
        desk.released(order, "D-5", "40");
        LocalDate day = desk.released(order, "D-6", "60").header().dueDate().plusDays(1);
        nextIs(world, day);
        world.events.published.clear();
        EventPublisher dying = (tx, event) -> {
            world.events.publish(tx, event);
            if (world.events.published.size() == 2) {
                throw new IllegalStateException("the node is gone");
            }
            return World.NOBODY;
        };

        assertThatThrownBy(() -> world.erp.days(dying, world.trail()).runOnce(world.tenant))
                .hasMessageContaining("the node is gone");
        assertThat(next(world)).isEqualTo(day);

        world.events.published.clear();
        assertThat(days(world).runOnce(world.tenant)).contains(day);
        assertThat(world.events.names().stream().filter(SUPPLIER_INVOICE::equals))
                .hasSize(2);
    }

    @Test
    void days_that_were_missed_are_gone_through_each_once_in_their_order() {
        LocalDate due = released().header().dueDate();
        nextIs(world, due);
        world.events.published.clear();

        CompanyDays days = days(world);
        while (days.runOnce(world.tenant).isPresent()) {
            // The next of the days that were missed.
        }

        assertThat(next(world))
                .isAfterOrEqualTo(today(world))
                .isBeforeOrEqualTo(today(world).plusDays(1));
        assertThat(world.events.published.stream()
                        .filter(event -> event.name().equals(SUPPLIER_INVOICE))
                        .map(event -> event.payload().path("days_overdue").asInt()))
                .containsExactly(1, 7, 30, 60);
        assertThat(world.events.published.stream()
                        .filter(event -> event.name().equals(PERIOD))
                        .map(event -> event.payload().path("period").asString()))
                .isSorted()
                .doesNotHaveDuplicates()
                .contains("2025-12", "2026-10");
    }

    @Test
    void without_the_module_nothing_is_said_and_the_day_is_over() {
        SupplierInvoice invoice = released();
        world.run(tx -> {
            world.erp.modules(world.trail()).set(tx, "finance", false, Actor.SYSTEM);
            return 0;
        });
        LocalDate day = invoice.header().dueDate().plusDays(1);

        assertThat(said(world, day)).isEmpty();
        assertThat(next(world)).isEqualTo(day.plusDays(1));
    }

    @Test
    void a_new_company_begins_with_the_day_after_it_was_set_up() {
        var fresh = new World();

        assertThat(next(fresh)).isEqualTo(today(fresh).plusDays(1));
        assertThat(days(fresh).runOnce(fresh.tenant)).isEmpty();
    }

    /** Clocks jump over the quarter past midnight in some of these places, and come to it twice in others. */
    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kolkata", "Africa/Cairo", "America/Havana", "Asia/Beirut", "Pacific/Apia"})
    void every_day_begins_once_wherever_the_clocks_are_changed(String place) {
        var zone = ZoneId.of(place);
        Instant before = CompanyDays.beginning(LocalDate.of(2023, 12, 31), zone);
        for (LocalDate day = LocalDate.of(2024, 1, 1); day.getYear() < 2028; day = day.plusDays(1)) {
            Instant begins = CompanyDays.beginning(day, zone);
            assertThat(begins).isAfter(before);
            assertThat(LocalDate.ofInstant(begins, zone)).isEqualTo(day);
            assertThat(LocalTime.ofInstant(begins, zone)).isBetween(LocalTime.of(0, 15), LocalTime.of(1, 15));
            before = begins;
        }
    }
}
