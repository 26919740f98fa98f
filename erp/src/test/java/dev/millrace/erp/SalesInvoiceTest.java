package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.SalesInvoice.ShipTo;
import dev.millrace.erp.SalesInvoice.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SalesInvoiceTest {
    private final Shop shop = new Shop();

    @Test
    void an_invoice_is_numbered_taxed_rounded_posted_and_told() {
        SalesInvoice draft = shop.draft("LOCAL", Shop.bolts("333", "15.35"));
        assertThat(draft.status()).isEqualTo(Status.DRAFT);
        assertThat(draft.made()).isEmpty();

        InvoiceMade first = shop.make(draft.id());
        InvoiceMade again = shop.make(draft.id());

        SalesInvoice invoice = shop.get(draft.id());
        Made made = invoice.made().orElseThrow();
        assertThat(first).isEqualTo(new InvoiceMade.Done(invoice, true));
        assertThat(again).isEqualTo(new InvoiceMade.Done(invoice, false));
        assertThat(made.number()).matches("INV/[0-9]{2}-[0-9]{2}/00001");
        assertThat(made.placeOfSupply()).isEqualTo("27");
        assertThat(made.supplyType()).isEqualTo("B2B");
        assertThat(made.dueDate()).isEqualTo(made.date().plusDays(30));
        assertThat(invoice.status()).isEqualTo(Status.POSTED);
        assertThat(invoice.eInvoice().status()).isEqualTo(EInvoiceStatus.PENDING);
        assertThat(invoice.amounts()).isEqualTo(amounts("5111.55", "460.04", "460.04", "0.00", "0.37", "6032.00"));
        assertThat(shop.balance("1100")).isEqualTo("6032.00");
        assertThat(shop.balance("4000")).isEqualTo("-5111.55");
        assertThat(shop.balance("2100")).isEqualTo("-460.04");
        assertThat(shop.balance("2110")).isEqualTo("-460.04");
        assertThat(shop.balance("5900")).isEqualTo("-0.37");
        assertThat(shop.customer("LOCAL").exposure()).isEqualTo("6032.00");
        assertThat(shop.world.events.names()).containsExactly("journal.posted", "sales_invoice.created");
        shop.world.events.published.forEach(Shop::assertFits);
        assertThat(shop.world.trail).anyMatch(entry -> entry.contains("sales_invoice.created draft posted"));
    }

    @Test
    void a_sale_to_another_state_carries_igst_and_is_rounded_down_where_that_is_nearer() {
        SalesInvoice invoice = shop.made("FAR", Shop.bolts("1", "100.25"));

        assertThat(invoice.made().orElseThrow().placeOfSupply()).isEqualTo("24");
        assertThat(invoice.amounts()).isEqualTo(amounts("100.25", "0.00", "0.00", "18.05", "-0.30", "118.00"));
        assertThat(shop.balance("2120")).isEqualTo("-18.05");
        assertThat(shop.balance("5900")).isEqualTo("0.30");
    }

    @Test
    void zones_and_exports_are_zero_rated_with_tax_paid_or_without() {
        SalesInvoice zone = shop.made("ZONE", Shop.bolts("1", "1000"));
        SalesInvoice export = madeWithoutTax("ABROAD");

        assertThat(zone.made().orElseThrow().supplyType()).isEqualTo("SEZWP");
        assertThat(zone.amounts().igst()).isEqualTo("180.00");
        assertThat(export.made().orElseThrow().supplyType()).isEqualTo("EXPWOP");
        assertThat(export.made().orElseThrow().placeOfSupply()).isEqualTo("96");
        assertThat(export.amounts().total()).isEqualTo("1000.00");
        assertThat(shop.balance("4010")).isEqualTo("-1000.00");
    }

    private SalesInvoice madeWithoutTax(String customer) {
        SalesInvoice draft = shop.draft(new NewSalesInvoice(
                Optional.empty(), Optional.of(customer), false, Optional.empty(), List.of(Shop.bolts("1", "1000"))));
        return ((InvoiceMade.Done) shop.make(draft.id())).invoice();
    }

    @Test
    void goods_belong_where_they_go_and_to_the_buyers_state_when_somebody_else_gets_them() {
        assertThat(shipped(Optional.empty()).made().orElseThrow().placeOfSupply())
                .isEqualTo("33");
        assertThat(shipped(Optional.of("Somebody Else")).made().orElseThrow().placeOfSupply())
                .isEqualTo("27");
    }

    private SalesInvoice shipped(Optional<String> to) {
        var address = new ShipTo(to, Optional.empty(), "Road 9", "Chennai", "600001", "33");
        SalesInvoice draft = shop.draft(new NewSalesInvoice(
                Optional.empty(), Optional.of("LOCAL"), true, Optional.of(address), List.of(Shop.bolts("1", "1000"))));
        return ((InvoiceMade.Done) shop.make(draft.id())).invoice();
    }

    @Test
    void a_person_without_a_gstin_gets_an_invoice_that_is_not_registered() {
        assertThat(shop.made("WALKIN", Shop.bolts("1", "100")).eInvoice().status())
                .isEqualTo(EInvoiceStatus.NOT_REQUIRED);

        shop.turnover(new BigDecimal("50000000"));
        assertThat(shop.made("LOCAL", Shop.bolts("1", "100")).eInvoice().status())
                .isEqualTo(EInvoiceStatus.NOT_REQUIRED);
    }

    @Test
    void everything_that_is_wrong_with_a_draft_is_said_at_once_and_nothing_is_written() {
        var wrong = new NewSalesInvoice(
                Optional.empty(),
                Optional.of("NOBODY"),
                true,
                Optional.empty(),
                List.of(
                        Shop.bolts("0", "100"),
                        Shop.bolts("1.0001", "-1"),
                        NewSalesInvoice.Line.of("NOTHING", BigDecimal.ONE, BigDecimal.ONE)));

        InvoiceDrafted drafted = shop.world.run(tx -> shop.invoices.draft(tx, wrong, shop.world.requester()));

        assertThat(drafted)
                .asInstanceOf(type(InvoiceDrafted.Refused.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(InputProblem::path)
                        .contains(
                                "customer_code",
                                "lines[0].quantity",
                                "lines[1].quantity",
                                "lines[1].unit_price",
                                "lines[2].item_code"));
        assertThat(shop.world.count("sales_invoices")).isZero();
    }

    @Test
    void what_the_law_does_not_allow_is_refused_with_its_code_and_takes_no_number() {
        assertRefused("place_of_supply_unknown", shop.draft("NOWHERE", Shop.bolts("1", "100")));
        assertRefused("hsn_missing", shop.draft("LOCAL", anything("", "18")));
        assertRefused("hsn_too_short", shop.draft("LOCAL", anything("7318", "18")));
        assertRefused("rate_unknown", shop.draft("LOCAL", anything("73181500", "17")));
        shop.world.sql(
                "update companies set gstin = null where tenant_id = :tenant and :id is not null", new UUID(1, 1));
        assertRefused("gstin_invalid", shop.draft("LOCAL", Shop.bolts("1", "100")));
        assertThat(shop.make(new UUID(1, 1))).isEqualTo(new InvoiceMade.NotFound(new UUID(1, 1)));

        assertThat(shop.world.events.published).isEmpty();
        assertThat(shop.world.count("journals")).isZero();
        assertThat(shop.customer("LOCAL").exposure()).isEqualTo("0.00");
    }

    @Test
    void a_line_without_a_price_takes_the_selling_price_and_never_the_cost() {
        var unpriced = new NewSalesInvoice.Line(
                Optional.empty(),
                Optional.of("BOLT"),
                Optional.empty(),
                Optional.empty(),
                BigDecimal.ONE,
                Optional.empty(),
                BigDecimal.ZERO,
                Optional.empty());
        var invoice = NewSalesInvoice.of("LOCAL", List.of(unpriced));

        InvoiceDrafted drafted = shop.world.run(tx -> shop.invoices.draft(tx, invoice, shop.world.requester()));
        shop.world.sql(
                "update items set sales_price = 20 where tenant_id = :tenant and :id is not null", new UUID(1, 1));

        assertThat(drafted).isInstanceOf(InvoiceDrafted.Refused.class);
        assertThat(shop.draft(invoice).lines().getFirst().unitPrice()).isEqualTo("20.00");
    }

    static NewSalesInvoice.Line anything(String hsn, String rate) {
        return new NewSalesInvoice.Line(
                Optional.empty(),
                Optional.empty(),
                Optional.of("Something"),
                Optional.of(hsn),
                BigDecimal.ONE,
                Optional.of(BigDecimal.TEN),
                BigDecimal.ZERO,
                Optional.of(new BigDecimal(rate)));
    }

    private void assertRefused(String code, SalesInvoice draft) {
        assertThat(shop.make(draft.id()))
                .asInstanceOf(type(InvoiceMade.Refused.class))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
        assertThat(shop.get(draft.id()).status()).isEqualTo(Status.DRAFT);
    }

    @Test
    void in_a_closed_period_nothing_is_invoiced_and_no_number_is_lost() {
        SalesInvoice first = shop.made("LOCAL", Shop.bolts("1", "100"));
        String period = first.made().orElseThrow().date().toString().substring(0, 7);
        shop.world.sql(
                "update fiscal_periods set status = 'closed' where tenant_id = :tenant and period = '" + period
                        + "' and :id is not null",
                new UUID(1, 1));
        SalesInvoice draft = shop.draft("LOCAL", Shop.bolts("1", "100"));

        assertThatThrownBy(() -> shop.make(draft.id()))
                .isInstanceOf(PostingRefused.class)
                .extracting("code")
                .isEqualTo("period_closed");

        shop.world.sql(
                "update fiscal_periods set status = 'open' where tenant_id = :tenant and :id is not null",
                new UUID(1, 1));
        shop.make(draft.id());
        assertThat(shop.get(draft.id()).made().orElseThrow().number()).endsWith("/00002");
    }

    @Test
    void twenty_invoices_at_once_get_twenty_numbers_without_a_gap_and_count_for_the_customer() throws Exception {
        List<UUID> drafts = IntStream.range(0, 20)
                .mapToObj(i -> shop.draft("LOCAL", Shop.bolts("1", "100")).id())
                .toList();
        var made = new ArrayList<Future<InvoiceMade>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            drafts.forEach(draft -> made.add(threads.submit(() -> shop.make(draft))));
        }

        var numbers = new ArrayList<String>();
        for (Future<InvoiceMade> one : made) {
            numbers.add(((InvoiceMade.Done) one.get())
                    .invoice()
                    .made()
                    .orElseThrow()
                    .number()
                    .replaceAll(".*/", ""));
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj("%05d"::formatted).toList());
        assertThat(shop.customer("LOCAL").exposure()).isEqualTo("2360.00");
        assertThat(shop.balance("1100")).isEqualTo("2360.00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sales_invoices set total = total + 1, round_off = round_off where tenant_id = :tenant and id = :id",
                "update sales_invoices set number = 'X1' where tenant_id = :tenant and id = :id",
                "update sales_invoices set date = date - 1 where tenant_id = :tenant and id = :id",
                "update sales_invoices set customer_name = 'x' where tenant_id = :tenant and id = :id",
                "update sales_invoices set status = 'draft' where tenant_id = :tenant and id = :id",
                "update sales_invoices set open_amount = total + 1 where tenant_id = :tenant and id = :id",
                "update sales_invoices set einvoice_status = 'cancelled' where tenant_id = :tenant and id = :id",
                "update sales_invoices set einvoice_status = 'registered' where tenant_id = :tenant and id = :id",
                "update sales_invoices set inv01 = null where tenant_id = :tenant and id = :id",
                "update sales_invoice_lines set cgst = 0 where tenant_id = :tenant and sales_invoice_id = :id",
                "delete from sales_invoices where tenant_id = :tenant and id = :id",
                "delete from sales_invoice_lines where tenant_id = :tenant and sales_invoice_id = :id"
            })
    void what_was_invoiced_does_not_change_whatever_statement_is_run(String statement) {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("1", "100"));

        assertThatThrownBy(() -> shop.world.sql(statement, invoice.id())).isNotNull();

        assertThat(shop.get(invoice.id())).isEqualTo(invoice);
    }

    @Test
    void another_company_sees_neither_invoices_nor_customers() {
        SalesInvoice invoice = shop.made("LOCAL", Shop.bolts("1", "100"));
        var other = new World();

        assertThat(other.<Optional<SalesInvoice>>run(tx -> shop.invoices.get(tx, invoice.id())))
                .isEmpty();
        assertThat(other.<Optional<Customer>>run(tx -> other.erp.customers().get(tx, invoice.customerId())))
                .isEmpty();
    }

    private static Amounts amounts(
            String taxable, String cgst, String sgst, String igst, String roundOff, String total) {
        return new Amounts(
                new BigDecimal(taxable),
                new BigDecimal(cgst),
                new BigDecimal(sgst),
                new BigDecimal(igst),
                new BigDecimal("0.00"),
                new BigDecimal(roundOff),
                new BigDecimal(total),
                new BigDecimal(total));
    }
}
