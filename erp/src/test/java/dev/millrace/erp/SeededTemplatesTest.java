package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Json;
import dev.millrace.engine.Saved;
import dev.millrace.engine.Started;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.StockMovement.Reason;
import dev.millrace.erp.TenantOnboarding.Onboarded;
import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What new companies begin with, on the real engine: it is enabled, it is valid, and it runs to its end. */
class SeededTemplatesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Set<String> STANDARD = Set.of("core", "finance", "inventory", "procurement");
    private static final Acme ACME = new Acme();

    @AfterAll
    static void close() {
        ACME.close();
    }

    private static NewCompany company(String slug, Set<String> modules, String regime) {
        boolean indian = regime.equals("IN_GST");
        return new NewCompany(
                slug,
                "New",
                "New Limited",
                indian ? "INR" : "EUR",
                indian ? "IN" : "DE",
                ZoneId.of(indian ? "Asia/Kolkata" : "Europe/Berlin"),
                regime,
                Optional.empty(),
                indian ? Optional.of("27") : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                4,
                List.copyOf(modules),
                List.of(new NewCompany.NewMember(
                        "Asha Admin",
                        "admin@" + slug + ".test",
                        "hash",
                        Optional.empty(),
                        List.of(Permissions.ADMIN))));
    }

    private static UUID onboard(NewCompany company, SeededTemplates.Shelf shelf) {
        UUID tenant = ACME.erp.ids().get();
        Onboarded onboarded = ACME.engine.run(
                tenant, tx -> ACME.erp.onboarding(ACME.trail, shelf).create(tx, company));
        assertThat(onboarded).isInstanceOf(Onboarded.Created.class);
        return tenant;
    }

    private static List<StoredDefinition> definitions(UUID tenant) {
        return ACME.engine.run(
                tenant,
                tx -> SeededTemplates.of(Set.copyOf(ErpCatalogue.MODULES), "IN_GST").stream()
                        .flatMap(template -> ACME.engine.definitions().versions(tx, template.name()).stream())
                        .toList());
    }

    @Test
    void a_standard_company_begins_with_what_its_modules_allow_and_all_of_it_is_valid_and_live() {
        UUID tenant =
                onboard(company("standard", STANDARD, "IN_GST"), SeededTemplates.Shelf.of(ACME.engine.definitions()));

        List<StoredDefinition> seeded = definitions(tenant);

        assertThat(seeded)
                .extracting(StoredDefinition::name)
                .containsExactly(
                        "purchase-order-approval",
                        "three-way-invoice-matching",
                        "low-stock-reorder-alert",
                        "gst-reconciliation-reminder");
        assertThat(seeded).allMatch(definition -> definition.isLive() && definition.enabled());
    }

    @Test
    void with_sales_it_begins_with_the_rest_as_soon_as_there_are_sales_orders() {
        boolean areThere =
                ErpCatalogue.events().stream().anyMatch(event -> event.name().equals("sales_order.created"));
        List<StoredDefinition> seeded = definitions(ACME.tenant);

        assertThat(seeded).hasSize(areThere ? 5 : 4).allMatch(StoredDefinition::enabled);
    }

    @Test
    void every_one_of_the_five_is_valid_for_the_shipped_catalogue() {
        Catalogue shipped = CatalogueFile.shipped();
        for (String name : List.of(
                "purchase-order-approval",
                "three-way-invoice-matching",
                "low-stock-reorder-alert",
                "key-account-sales-order-approval",
                "gst-reconciliation-reminder")) {
            String yaml = new SeededTemplates.Seeded(name, Set.of()).yaml();
            assertThat(Checker.check(yaml, shipped)).as(name).isInstanceOf(Checked.Valid.class);
        }
    }

    @Test
    void globex_begins_with_none_and_neither_sees_nor_may_use_the_indian_tax() {
        UUID globex = ACME.erp.members().companyBySlug("globex").orElseThrow();

        assertThat(definitions(globex)).isEmpty();
        Catalogue sees = ACME.engine.run(globex, tx -> ACME.engine.catalogues().of(tx));
        assertThat(sees.actions().keySet()).contains("erp.ledger.journal_entry").noneMatch(n -> n.contains("gst"));
        assertThat(sees.unavailableActions().keySet()).noneMatch(name -> name.contains("gst"));
        assertThat(sees.events().keySet()).contains("period.ended").noneMatch(name -> name.startsWith("gst."));
        assertThat(sees.entities().keySet()).contains("journal").doesNotContain("gst_period");
        Saved saved = ACME.engine.run(
                globex,
                tx -> ACME.engine
                        .definitions()
                        .save(
                                tx,
                                new SeededTemplates.Seeded("gst-reconciliation-reminder", Set.of()).yaml(),
                                Optional.of(true),
                                "test",
                                Actor.SYSTEM));
        assertThat(saved)
                .isInstanceOfSatisfying(
                        Saved.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(Problem::code)
                                .contains("unknown_action"));
        Catalogue acme = ACME.run(tx -> ACME.engine.catalogues().of(tx));
        assertThat(acme.actions().keySet()).contains("erp.gst.reconcile_2b");
        assertThat(acme.entities().keySet()).contains("gst_period");
    }

    @Test
    void a_failure_in_the_last_template_leaves_nothing_of_the_company() {
        var enabled = new ArrayList<String>();
        SeededTemplates.Shelf failing = (tx, template) -> {
            if (template.name().equals("gst-reconciliation-reminder")) {
                throw new IllegalStateException("the last one is refused");
            }
            SeededTemplates.Shelf.of(ACME.engine.definitions()).enable(tx, template);
            enabled.add(template.name());
        };
        UUID tenant = ACME.erp.ids().get();

        assertThatThrownBy(() -> ACME.engine.run(
                        tenant,
                        tx -> ACME.erp.onboarding(ACME.trail, failing).create(tx, company("half", STANDARD, "IN_GST"))))
                .hasMessageContaining("the last one is refused");

        assertThat(enabled).hasSize(3);
        assertThat(ACME.erp.members().companyBySlug("half")).isEmpty();
        for (String table : List.of(
                "companies",
                "company_modules",
                "roles",
                "members",
                "accounts",
                "number_series",
                "company_days",
                "workflow_definitions",
                "workflow_journal")) {
            long rows = ACME.engine.run(
                    tenant,
                    tx -> tx.handle()
                            .createQuery("select count(*) from " + table + " where tenant_id = :tenant")
                            .bind("tenant", tenant)
                            .mapTo(Long.class)
                            .one());
            assertThat(rows).as(table).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "EU_VAT"})
    void elsewhere_a_company_begins_with_what_is_not_of_the_indian_tax(String regime) {
        UUID tenant = onboard(
                company("elsewhere-" + regime.toLowerCase(Locale.ROOT).replace('_', '-'), STANDARD, regime),
                SeededTemplates.Shelf.of(ACME.engine.definitions()));

        assertThat(definitions(tenant)).hasSize(3).noneMatch(one -> one.name().startsWith("gst"));
    }

    @Test
    void an_order_above_the_limit_is_approved_and_locked() {
        UUID order = ACME.submit(Acme.order("600000")).order().id();

        ACME.decide(ACME.awaitRequest(order, "Finance Head"), "finance.head", true, "fine");

        ACME.awaitStatus(order, Status.APPROVED);
        assertThat(finished("purchase-order-approval", order.toString()).outcome())
                .contains("succeeded");
    }

    @Test
    void an_invoice_that_agrees_with_its_order_and_its_goods_is_released() {
        Actor warehouse = ACME.actor("warehouse");
        Actor clerk = ACME.actor("accounts");
        Actor requester = ACME.actor("requester");
        var wanted = NewOrder.of(
                "S0001",
                List.of(NewOrder.Line.of("PNT-SYN-20L", BigDecimal.TEN, new BigDecimal("415"), new BigDecimal("18"))));
        UUID order = ACME.run(
                tx -> World.created(ACME.orders.create(tx, wanted, requester)).id());
        ACME.run(tx -> ACME.orders.submit(tx, order, requester));
        ACME.awaitStatus(order, Status.APPROVED);
        Receipts receipts = ACME.erp.receipts(ACME.engine.events(), ACME.trail);
        Receiving receiving = ACME.run(tx ->
                receipts.post(tx, NewReceipt.of(order, List.of(NewReceipt.Line.of(1, BigDecimal.TEN))), warehouse));
        assertThat(receiving).isInstanceOf(Receiving.Received.class);
        var tax = new BigDecimal("747.00");
        var invoice = new NewSupplierInvoice(
                Optional.empty(),
                Optional.of("S0001"),
                "E1-1",
                InvoiceDesk.DAY,
                Optional.of(order),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new BigDecimal("4897.00"),
                Optional.empty(),
                List.of(InvoiceDesk.line("10", "415", BigDecimal.ZERO, BigDecimal.ZERO, tax)));
        SupplierInvoices invoices =
                ACME.erp.supplierInvoices(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
        InvoiceIntake intake = ACME.run(tx -> invoices.receive(tx, invoice, clerk));
        UUID id = ((InvoiceIntake.Received) intake).invoice().id();

        assertThat(finished("three-way-invoice-matching", id.toString()).outcome())
                .contains("succeeded");
        assertThat(ACME.run(tx -> invoices.get(tx, id)).orElseThrow().status())
                .isEqualTo(SupplierInvoice.Status.RELEASED);
    }

    @Test
    void an_item_that_runs_out_is_ordered() {
        Stock stock = ACME.erp.stock(ACME.engine.events(), ACME.trail);
        StockLevel level = ACME.run(tx -> stock.levels(tx, Optional.empty(), false, Stock.After.START, 500)).stream()
                .filter(one -> one.itemCode().equals("VLV-BALL-50"))
                .findFirst()
                .orElseThrow();
        Actor keeper = ACME.actor("warehouse");
        BigDecimal out = level.projected().subtract(level.reorderLevel()).negate();
        ACME.run(tx -> stock.adjust(
                tx, new Adjustment(level.key(), out, Reason.COUNT, Optional.empty(), true, Optional.empty()), keeper));

        assertThat(finished("low-stock-reorder-alert", level.key().item().toString())
                        .outcome())
                .contains("succeeded");
    }

    @Test
    void the_reminder_of_the_returns_goes_through_a_month() {
        StoredDefinition reminder = definitions(ACME.tenant).stream()
                .filter(one -> one.name().equals("gst-reconciliation-reminder"))
                .findFirst()
                .orElseThrow();
        Actor owner = ACME.actor("process.owner");

        Started started = ACME.engine.executions().start(ACME.tenant, reminder.id(), Json.object(), owner);

        assertThat(started).isInstanceOf(Started.Done.class);
        UUID execution = ((Started.Done) started).execution();
        // It waits for the 18th and the 20th, if they are to come.
        await().atMost(SOON).until(() -> {
            ACME.engine.clock().advance(Duration.ofDays(1));
            return isFinished(execution);
        });
        assertThat(ACME.run(tx -> ACME.engine.executions().find(tx, execution))
                        .orElseThrow()
                        .outcome())
                .contains("succeeded");
    }

    private static boolean isFinished(UUID execution) {
        return ACME.run(tx -> ACME.engine.executions().find(tx, execution))
                .orElseThrow()
                .completedAt()
                .isPresent();
    }

    private static ExecutionView finished(String workflow, String subject) {
        return await().atMost(SOON)
                .until(() -> find(workflow, subject), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<ExecutionView> find(String workflow, String subject) {
        return ACME.run(tx -> ACME.engine.executions().list(tx, ExecutionFilter.ALL, Optional.empty(), 100)).stream()
                .filter(view -> view.workflowName().equals(workflow)
                        && view.completedAt().isPresent())
                .filter(view -> view.trigger().toString().contains(subject))
                .findFirst();
    }
}
