package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.engine.Actor;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.gst.BookedPurchase;
import dev.millrace.erp.gst.ReconcileGstr2b;
import dev.millrace.erp.gst.ReturnSummary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GstReturnsTest {
    private static final String SUPPLIER = "24AAQCA8719H1ZC";

    private final Shop shop = new Shop();
    private final Step step = new Step(shop.world);
    private final GstReturns returns = shop.world.erp.gstReturns(shop.world.events, shop.world.trail());
    private final Actor accounts = shop.world.requester();
    private final LocalDate today =
            shop.made("WALKIN", Shop.bolts("1", "1000")).made().orElseThrow().date();
    private final YearMonth period = YearMonth.from(today).minusMonths(1);
    private final LocalDate day = period.atDay(5);

    GstReturnsTest() {
        shop.world.events.published.clear();
    }

    @Test
    void a_statement_is_imported_once_and_told_and_a_newer_one_takes_its_place() {
        StatementImport first = imported(statement(entry("INV-1", "180"), entry("INV-2", "90")));
        StatementImport again = imported(statement(entry("INV-1", "180"), entry("INV-2", "90")));
        StatementImport newer = imported(statement(entry("INV-1", "180")));

        assertThat(first).isEqualTo(new StatementImport.Done(period, 2, new BigDecimal("270.00"), true));
        assertThat(again).isEqualTo(new StatementImport.Done(period, 2, new BigDecimal("270.00"), false));
        assertThat(newer).isEqualTo(new StatementImport.Done(period, 1, new BigDecimal("180.00"), true));
        assertThat(shop.world.count("gstr2b_documents")).isEqualTo(1);
        assertThat(shop.world.events.names()).containsExactly("gst.gstr2b_imported", "gst.gstr2b_imported");
        shop.world.events.published.forEach(Shop::assertFits);
    }

    @Test
    void what_is_wrong_with_a_statement_is_said_at_once_and_nothing_is_kept() {
        String wrong = statement(entry("INV-1", "180"), entry("inv 1", "180"), entry("", "1"))
                .replace("\"gstin\": \"" + Shop.GSTIN, "\"gstin\": \"27")
                .replace("\"rtnprd\": \"", "\"rtnprd\": \"x");

        assertThat(imported(wrong))
                .asInstanceOf(type(StatementImport.Refused.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(InputProblem::code)
                        .contains("date_invalid", "gstin_differs", "duplicate", "required"));
        assertThat(imported("<xml/>"))
                .asInstanceOf(type(StatementImport.Refused.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(InputProblem::code)
                        .containsExactly("not_json"));
        assertThat(shop.world.count("gstr2b_imports")).isZero();
        assertThat(shop.world.events.published).isEmpty();
    }

    @Test
    void credit_that_is_barred_does_not_count() {
        String barred =
                statement(entry("INV-1", "180")).replace("\"itcavl\": \"Y\"", "\"itcavl\": \"N\", \"rsn\": \"P\"");

        assertThat(imported(barred)).isEqualTo(new StatementImport.Done(period, 1, new BigDecimal("0.00"), true));
    }

    @Test
    void purchases_are_held_against_the_statement_and_each_document_is_marked() {
        imported(statement(
                entry("SAME", "180"), entry("OTHER-TAX", "200"), entry("TYPO", "70"), entry("UNKNOWN", "33")));

        ReconcileGstr2b.Output output =
                reconcile(book("same", "180.50"), book("OTHERTAX", "180"), book("TPYO", "70"), book("MISSING", "45"));

        assertThat(output.period()).isEqualTo(period.toString());
        assertThat(output.matched()).isEqualTo(1);
        assertThat(output.mismatched()).isEqualTo(2);
        assertThat(output.missingInBooks()).isEqualTo(1);
        assertThat(output.missingIn2b()).isEqualTo(1);
        assertThat(output.itcAtRisk()).isEqualTo("45.00");
        assertThat(output.mismatches())
                .extracting(ReconcileGstr2b.Mismatch::kind)
                .containsExactly("amount", "number");
        assertThat(output.mismatches().getFirst().difference()).isEqualByComparingTo("20");
        assertThat(output.suppliersMissing()).singleElement().satisfies(supplier -> {
            assertThat(supplier.invoices()).isEqualTo(1);
            assertThat(supplier.email()).contains("supplier@test.example");
        });
        assertThat(marks()).containsExactlyInAnyOrder("matched", "mismatched", "suggested", "missing_in_books");
    }

    private List<String> marks() {
        return shop.world.run(tx -> tx.handle()
                .createQuery("select match_status from gstr2b_documents where tenant_id = :tenant")
                .bind("tenant", shop.world.tenant)
                .mapTo(String.class)
                .list());
    }

    @Test
    void without_a_statement_or_for_a_month_that_is_none_there_is_nothing_to_compare() {
        assertThat(failure(Optional.empty()).code()).isEqualTo("gstr2b_not_imported");
        assertThat(failure(Optional.of("2026-13")).code()).isEqualTo("period_invalid");
        assertThat(failure(Optional.of(YearMonth.from(today).plusMonths(1).toString()))
                        .code())
                .isEqualTo("period_invalid");
    }

    private ActionFailure failure(Optional<String> wanted) {
        var action = new ReconcileGstr2b((tx, from, to) -> List.of());
        var config = new ReconcileGstr2b.Config(wanted, Optional.empty(), Optional.empty());
        return catchThrowableOfType(ActionFailure.class, () -> shop.world.run(tx -> action.run(tx, step, config)));
    }

    @Test
    void the_summary_counts_what_was_sold_and_what_is_credited_and_when_the_returns_are_due() {
        shop.made("LOCAL", Shop.bolts("1", "500"));

        ReturnSummary.Output now = summary(Optional.of(YearMonth.from(today).toString()));
        ReturnSummary.Output before = summary(Optional.empty());

        assertThat(now.outwardTaxable()).isEqualTo("1500.00");
        assertThat(now.outputTax()).isEqualTo("270.00");
        assertThat(now.itcAvailable()).isEqualTo("45.00");
        assertThat(now.netPayable()).isEqualTo("225.00");
        assertThat(now.pendingEInvoices()).isEqualTo(1);
        assertThat(before.period()).isEqualTo(period.toString());
        assertThat(before.outputTax()).isEqualTo("0.00");
        assertThat(before.netPayable()).isEqualTo("0.00");
        assertThat(before.gstr1Due()).isEqualTo(period.plusMonths(1).atDay(11));
        assertThat(before.gstr3bDue()).isEqualTo(period.plusMonths(1).atDay(20));
        assertThat(before.daysTo3b()).isEqualTo((int) (before.gstr3bDue().toEpochDay() - today.toEpochDay()));
        assertThat(before.gstr3bFiled()).isFalse();
    }

    @Test
    void a_filed_return_is_marked_once_told_and_never_open_again() {
        Filing first = filed(period, Filing.Return.GSTR3B);
        Filing again = filed(period, Filing.Return.GSTR3B);

        assertThat(first).isEqualTo(new Filing.Done(true));
        assertThat(again).isEqualTo(new Filing.Done(false));
        assertThat(filed(YearMonth.from(today), Filing.Return.GSTR1)).isInstanceOf(Filing.Refused.class);
        assertThat(shop.world.events.names()).containsExactly("gst.period_closed");
        shop.world.events.published.forEach(Shop::assertFits);
        assertThat(summary(Optional.empty()).gstr3bFiled()).isTrue();
        assertThat(summary(Optional.empty()).gstr1Filed()).isFalse();
        assertThatThrownBy(() -> shop.world.sql(
                        "update gst_periods set gstr3b_status = 'open' where tenant_id = :tenant and :id is not null",
                        new UUID(1, 1)))
                .hasMessageContaining("does not become open again");
    }

    private Filing filed(YearMonth of, Filing.Return what) {
        return shop.world.run(
                tx -> returns.markFiled(tx, of, what, Optional.of("AA27"), new BigDecimal("225"), accounts));
    }

    private StatementImport imported(String file) {
        return shop.world.run(tx -> returns.importStatement(tx, file, accounts));
    }

    private ReconcileGstr2b.Output reconcile(BookedPurchase... books) {
        var action = new ReconcileGstr2b((tx, from, to) -> List.of(books));
        return shop.world.run(tx ->
                action.run(tx, step, new ReconcileGstr2b.Config(Optional.empty(), Optional.empty(), Optional.empty())));
    }

    private ReturnSummary.Output summary(Optional<String> of) {
        var action = new ReturnSummary((tx, from, to) -> List.of(book("X", "45")));
        return shop.world.run(tx -> action.run(tx, step, new ReturnSummary.Config(of)));
    }

    private BookedPurchase book(String number, String igst) {
        return new BookedPurchase(
                new UUID(4, number.hashCode()),
                new UUID(3, 3),
                "Supplier",
                Optional.of("supplier@test.example"),
                SUPPLIER,
                number,
                day,
                new BigDecimal(igst),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    private String entry(String number, String igst) {
        return """
                { "inum": "%s", "typ": "R", "dt": "%s", "val": 1180, "pos": "27", "rev": "N", "itcavl": "Y",
                  "items": [ { "num": 1, "rt": 18, "txval": 1000, "igst": %s, "cgst": 0, "sgst": 0, "cess": 0 } ] }
                """.formatted(number, DateTimeFormatter.ofPattern("dd-MM-uuuu").format(day), igst);
    }

    private String statement(String... entries) {
        return """
                { "data": { "gstin": "%s", "rtnprd": "%s", "docdata": { "b2b": [
                  { "ctin": "%s", "trdnm": "Supplier", "supfildt": "11-11-2026", "supprd": "102026",
                    "inv": [ %s ] } ] } } }
                """.formatted(
                Shop.GSTIN, DateTimeFormatter.ofPattern("MMuuuu").format(period), SUPPLIER, String.join(",", entries));
    }
}
