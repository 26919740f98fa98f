package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.TaxReturn;
import dev.millrace.erp.gst.GstPeriodRows.Filed;
import dev.millrace.erp.gst.InvoiceRows.Outward;
import dev.millrace.erp.gst.ReturnDates.Filing;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/** Adds up what the returns of a month come to. Reads only. */
public final class ReturnBooks {
    private final PurchaseBooks books;
    private final TaxPeriods periods = new TaxPeriods();
    private final GstRuleRows laws = new GstRuleRows();
    private final InvoiceRows invoices = new InvoiceRows();
    private final StatementRows statements = new StatementRows();
    private final GstPeriodRows filings = new GstPeriodRows();

    public ReturnBooks(PurchaseBooks books) {
        this.books = books;
    }

    public TaxReturn of(Tx tx, YearMonth period) {
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
        return new TaxReturn(
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
