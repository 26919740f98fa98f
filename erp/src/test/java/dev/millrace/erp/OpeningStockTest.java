package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.Transactions;
import dev.millrace.erp.demo.DemoCompanies;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What there is when a company begins. */
class OpeningStockTest {
    private final Stores stores = new Stores();
    private final World world = stores.world;

    @Test
    void opening_stock_is_in_the_books_at_its_value_and_nobody_is_told() {
        open(stores.key("BOLT"), "10", "14.75");

        assertThat(stores.books()).isEqualTo(Map.of("1200", "147.50", "3900", "-147.50"));
        assertThat(stores.movements(stores.key("BOLT")).getFirst().journal()).isPresent();
        assertThat(world.events.published).isEmpty();
        assertThat(world.trail)
                .singleElement()
                .asString()
                .contains("journal.posted")
                .contains("Opening stock");
    }

    @Test
    void an_item_with_an_account_of_its_own_is_booked_there_and_what_is_worth_nothing_nowhere() {
        world.sql(
                "update items set stock_account = '1210' where tenant_id = :tenant and id = :id",
                stores.item("BOLT").id());

        open(stores.key("BOLT"), "10", "14.75");
        Warehouse other = stores.addWarehouse("EAST");
        open(new StockKey(stores.item("BOLT").id(), other.id()), "10", "0");

        assertThat(stores.books()).isEqualTo(Map.of("1210", "147.50", "3900", "-147.50"));
    }

    @Test
    void a_company_without_books_posts_nothing_and_nothing_is_opened_twice() {
        world.run(tx -> {
            world.erp.modules(world.trail()).set(tx, "finance", false, stores.keeper);
            return 0;
        });

        open(stores.key("BOLT"), "10", "14.75");

        assertThat(stores.books()).isEmpty();
        assertThatThrownBy(() -> open(stores.key("BOLT"), "10", "14.75")).hasMessageContaining("already");
    }

    /** Invariant: the stock accounts hold what the movements are worth. */
    @Test
    void the_stock_of_the_seeded_companies_is_in_the_ledger() {
        try (var database = World.MIGRATED.fresh()) {
            var transactions = new Transactions(Jdbi.create(database.app()));
            var erp = new Erp(transactions, MailSender.SANDBOX, "http://localhost");
            var trail = new ArrayList<String>();
            Map<String, UUID> companies = new DemoCompanies(
                            erp, transactions, (tx, actor, type, kind, id, before, after, comment) -> trail.add(type))
                    .seed(password -> "hash");

            for (String slug : List.of(DemoCompanies.ACME, DemoCompanies.GLOBEX)) {
                UUID tenant = Objects.requireNonNull(companies.get(slug));
                BigDecimal moved = sum(transactions, tenant, "select coalesce(sum(value), 0) from stock_movements");
                assertThat(sum(transactions, tenant, """
                                select coalesce(sum(l.base_debit - l.base_credit), 0)
                                  from journal_lines l
                                  join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                                 where a.control_kind = 'stock'
                                """)).isEqualByComparingTo(moved);
                assertThat(moved.signum()).isEqualTo(slug.equals(DemoCompanies.ACME) ? 1 : 0);
            }
            assertThat(trail).contains("journal.posted");
        }
    }

    private static BigDecimal sum(Transactions transactions, UUID tenant, String query) {
        return transactions.run(
                tenant,
                tx -> tx.handle().createQuery(query).mapTo(BigDecimal.class).one());
    }

    private void open(StockKey key, String quantity, String cost) {
        world.run(tx -> {
            world.erp
                    .masters()
                    .openStock(
                            tx,
                            List.of(new OpeningStock(
                                    key,
                                    new BigDecimal(quantity),
                                    new BigDecimal(cost),
                                    BigDecimal.ZERO,
                                    BigDecimal.ZERO)),
                            world.trail());
            return 0;
        });
    }
}
