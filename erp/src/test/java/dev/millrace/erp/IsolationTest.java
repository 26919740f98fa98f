package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Member;
import dev.millrace.erp.core.CompanyRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IsolationTest {
    private final World world = new World();

    @Test
    void a_company_neither_sees_nor_changes_another_ones_orders() {
        PurchaseOrder theirs = world.pending();
        World other = new World();

        assertThat(other.<Optional<PurchaseOrder>>run(tx -> other.orders.get(tx, theirs.id())))
                .isEmpty();
        assertThat(other.<List<PurchaseOrder.Listed>>run(
                        tx -> other.orders.list(tx, Optional.empty(), Optional.empty(), Optional.empty(), 10)))
                .isEmpty();
        assertThat(other.<Cancelling>run(tx -> other.orders.cancel(tx, theirs.id(), "x", other.requester())))
                .isEqualTo(new Cancelling.NotFound(theirs.id()));
        assertThat(other.<Integer>run(tx -> tx.handle()
                        .createUpdate("update purchase_orders set category = 'x' where id = :id")
                        .bind("id", theirs.id())
                        .execute()))
                .isZero();
        assertThat(other.<Optional<Member>>run(tx -> other.erp
                        .directory()
                        .member(tx, world.member("admin").id().toString())))
                .isEmpty();
    }

    @Test
    void every_table_is_protected_also_from_its_owner() {
        List<String> open =
                world.run(tx -> tx.handle().createQuery("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'public' and c.relkind in ('r', 'p')
                           and c.relname not in ('flyway_schema_history', 'millrace_clock')
                           and not (c.relrowsecurity and c.relforcerowsecurity)
                        """).mapTo(String.class).list());

        assertThat(open).isEmpty();
    }

    @Test
    void twenty_orders_at_once_get_twenty_numbers_without_a_gap() throws Exception {
        var numbers = new ArrayList<Future<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                numbers.add(threads.submit(() -> world.draft().number()));
            }
        }

        var given = new ArrayList<String>();
        for (Future<String> number : numbers) {
            given.add(number.get().replaceAll(".*/", ""));
        }
        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj("%05d"::formatted).toList());
    }

    @Test
    void the_financial_year_begins_where_the_company_says() {
        Company april = world.run(tx -> new CompanyRows().get(tx));

        assertThat(april.fiscalYear(LocalDate.of(2027, 3, 31))).isEqualTo("2026-27");
        assertThat(april.fiscalYear(LocalDate.of(2027, 4, 1))).isEqualTo("2027-28");
        assertThat(new Company(april.info(), "x", Optional.empty(), Optional.empty(), 1, Company.Unrouted.HOLD)
                        .fiscalYear(LocalDate.of(2027, 1, 1)))
                .isEqualTo("2027");
    }

    @Test
    void a_slug_is_given_once() {
        String slug = world.run(tx -> world.erp.directory().tenant(tx)).slug();

        var again = world.transactions.run(
                world.erp.ids().get(),
                tx -> world.erp
                        .onboarding((t, a, y, r, i, b, c, d) -> {}, SeededTemplates.Shelf.NONE)
                        .create(tx, World.company(slug)));

        assertThat(again).isEqualTo(new TenantOnboarding.Onboarded.SlugTaken(slug));
    }
}
