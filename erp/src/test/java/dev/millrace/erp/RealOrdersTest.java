package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Transactions;
import dev.millrace.erp.World.RecordingDocuments;
import dev.millrace.erp.World.RecordingEvents;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo's companies with its 148 real orders, in a database of their own. */
class RealOrdersTest {
    private static final TestDatabase DATABASE = World.MIGRATED.fresh();
    private static final Transactions TRANSACTIONS = new Transactions(Jdbi.create(DATABASE.app()));
    private static final Erp ERP = new Erp(TRANSACTIONS, MailSender.SANDBOX, "http://localhost");
    private static final List<String> TRAIL = new ArrayList<>();
    private static final Trail WRITE = (tx, actor, type, resourceType, id, before, after, comment) -> TRAIL.add(type);

    private static Map<String, UUID> companies = Map.of();

    @BeforeAll
    static void seed() {
        companies = new DemoCompanies(ERP, TRANSACTIONS, WRITE).seed(password -> "hash of " + password);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void all_real_orders_have_the_amounts_that_the_data_says() {
        UUID acme = company("acme");
        Orders orders = ERP.orders(new RecordingEvents(), new RecordingDocuments(), WRITE);
        Actor requester = Actor.user(TRANSACTIONS
                .run(acme, tx -> ERP.members().login(tx, "requester@acme.test"))
                .orElseThrow()
                .member());

        var real = DemoOrders.all();

        assertThat(real).hasSize(148);
        for (DemoOrders.DemoOrder order : real) {
            PurchaseOrder made =
                    World.created(TRANSACTIONS.run(acme, tx -> orders.create(tx, order.toNewOrder(), requester)));
            assertThat(made.header().net()).as(order.number()).isEqualByComparingTo(order.net());
            assertThat(made.header().tax()).as(order.number()).isEqualByComparingTo(order.tax());
            assertThat(made.header().total()).as(order.number()).isEqualByComparingTo(order.total());
        }
    }

    @Test
    void seeding_again_makes_nothing() {
        int entries = TRAIL.size();

        Map<String, UUID> again = new DemoCompanies(ERP, TRANSACTIONS, WRITE).seed(password -> {
            throw new AssertionError("nobody is new, but a password was hashed");
        });

        assertThat(again).isEqualTo(companies);
        assertThat(TRAIL).hasSize(entries);
    }

    @Test
    void people_sign_in_by_slug_and_e_mail_in_any_case() {
        UUID acme = ERP.members().companyBySlug("acme").orElseThrow();

        Members.Login login = TRANSACTIONS
                .run(acme, tx -> ERP.members().login(tx, " Finance.Head@ACME.test "))
                .orElseThrow();

        assertThat(login.member().name()).isEqualTo("Meera Iyer");
        assertThat(login.member().roles()).containsExactlyInAnyOrder("Finance Head", "Requester");
        assertThat(login.passwordHash()).isEqualTo("hash of millrace-demo");
        assertThat(login).asString().doesNotContain("hash");
        assertThat(ERP.members().companyBySlug("nobody")).isEmpty();
    }

    @Test
    void the_companies_have_the_people_modules_and_masters_of_the_contract() {
        TRANSACTIONS.run(company("acme"), tx -> {
            assertThat(ERP.directory().tenant(tx).currency()).isEqualTo("INR");
            assertThat(ERP.directory().modules(tx))
                    .containsExactlyInAnyOrder("core", "finance", "procurement", "inventory", "sales");
            assertThat(ERP.directory().roles(tx))
                    .hasSize(11)
                    .allSatisfy((role, people) -> assertThat(people).isEqualTo(role.equals("Requester") ? 2 : 1));
            assertThat(ERP.members().list(tx)).hasSize(10);
            assertThat(ERP.masters().suppliers(tx, "", 500)).hasSize(93);
            assertThat(ERP.masters().items(tx, "", 500)).hasSize(31);
            return tx;
        });
        TRANSACTIONS.run(company("globex"), tx -> {
            assertThat(ERP.directory().tenant(tx).timeZone().getId()).isEqualTo("Europe/Berlin");
            assertThat(ERP.directory().modules(tx)).containsExactlyInAnyOrder("core", "finance");
            assertThat(ERP.members().list(tx)).hasSize(3);
            assertThat(ERP.masters().suppliers(tx, "", 500)).isEmpty();
            return tx;
        });
    }

    @Test
    void templates_are_seeded_where_their_modules_are() {
        assertThat(SeededTemplates.of(Set.of("core", "finance"), "EU_VAT")).isEmpty();
        assertThat(SeededTemplates.of(Set.of("core", "finance"), "IN_GST"))
                .extracting(SeededTemplates.Seeded::name)
                .containsExactly("gst-reconciliation-reminder");
        assertThat(SeededTemplates.of(Set.of("core", "finance", "procurement", "inventory"), "none"))
                .extracting(SeededTemplates.Seeded::name)
                .containsExactly("purchase-order-approval", "three-way-invoice-matching", "low-stock-reorder-alert");
        assertThat(SeededTemplates.of(Set.of("core", "procurement"), "none"))
                .singleElement()
                .satisfies(template -> assertThat(template.yaml()).contains("name: " + template.name()));
    }

    private static UUID company(String slug) {
        return Optional.ofNullable(companies.get(slug)).orElseThrow();
    }
}
