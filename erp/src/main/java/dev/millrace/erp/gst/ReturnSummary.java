package dev.millrace.erp.gst;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.gst.GstPeriodRows.Filed;
import dev.millrace.erp.gst.InvoiceRows.Outward;
import dev.millrace.erp.gst.ReturnDates.Filing;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a period's returns come to. Reads only. */
@Named(
        value = "erp.gst.return_summary",
        module = "finance",
        description = "Outward tax, ITC, net payable, filing state and due dates of a period.",
        failures = "period_invalid")
public final class ReturnSummary implements LocalAction<ReturnSummary.Config, ReturnSummary.Output> {
    private final PurchaseBooks books;
    private final TaxPeriods periods = new TaxPeriods();
    private final GstRuleRows laws = new GstRuleRows();
    private final InvoiceRows invoices = new InvoiceRows();
    private final StatementRows statements = new StatementRows();
    private final GstPeriodRows filings = new GstPeriodRows();

    public ReturnSummary(PurchaseBooks books) {
        this.books = books;
    }

    public record Config(
            @Describe("yyyy-MM; the previous month when empty")
            Optional<String> period) {}

    public record Output(
            @Describe("yyyy-MM") String period,
            @Describe("Sales without tax") BigDecimal outwardTaxable,
            @Describe("Tax charged on them") BigDecimal outputTax,

            @Describe("By GSTR-2B where it is imported, else by the books")
            BigDecimal itcAvailable,

            @Describe("Output tax less credit, at least 0") BigDecimal netPayable,

            @JsonProperty("gstr1_due") @Describe("When GSTR-1 is due")
            LocalDate gstr1Due,

            @JsonProperty("gstr3b_due") @Describe("When GSTR-3B is due")
            LocalDate gstr3bDue,

            @JsonProperty("gstr1_filed") @Describe("GSTR-1 is filed")
            boolean gstr1Filed,

            @JsonProperty("gstr3b_filed") @Describe("GSTR-3B is filed")
            boolean gstr3bFiled,

            @JsonProperty("days_to_3b") @Describe("Negative when overdue")
            int daysTo3b,

            @JsonProperty("pending_e_invoices") @Describe("Invoices of the period that the IRP has not registered yet")
            int pendingEInvoices) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        YearMonth period = periods.read(tx, config.period());
        LocalDate first = period.atDay(1);
        LocalDate last = period.atEndOfMonth();
        Outward outward = invoices.outward(tx, first, last);
        BigDecimal credit = statements
                .find(tx, period)
                .map(StatementRows.Imported::itcAvailable)
                .orElseGet(() -> books.purchases(tx, first, last).stream()
                        .map(BookedPurchase::tax)
                        .reduce(TaxSplit.ZERO, BigDecimal::add));
        GstRules rules = laws.load(tx);
        LocalDate due = ReturnDates.gstr3b(period, new Filing.Monthly(), rules);
        Filed filed = filings.filed(tx, period);
        return new Output(
                period.toString(),
                outward.taxable(),
                outward.tax(),
                credit,
                outward.tax().subtract(credit).max(TaxSplit.ZERO),
                ReturnDates.gstr1(period, new Filing.Monthly(), rules),
                due,
                filed.gstr1(),
                filed.gstr3b(),
                Math.toIntExact(ChronoUnit.DAYS.between(periods.today(tx), due)),
                outward.pending());
    }
}
