package dev.millrace.erp.gst;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.TaxReturn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** What a period's returns come to. Reads only. */
@Named(
        value = "erp.gst.return_summary",
        module = "finance",
        description = "Outward tax, ITC, net payable, filing state and due dates of a period.",
        failures = "period_invalid")
public final class ReturnSummary implements LocalAction<ReturnSummary.Config, ReturnSummary.Output> {
    private final ReturnBooks returns;
    private final TaxPeriods periods = new TaxPeriods();

    public ReturnSummary(PurchaseBooks books) {
        this.returns = new ReturnBooks(books);
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

            @Describe("Invoices of the period that the IRP has not registered yet")
            int pendingEInvoices) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        TaxReturn found = returns.of(tx, periods.read(tx, config.period()));
        return new Output(
                found.period(),
                found.outwardTaxable(),
                found.outputTax(),
                found.itcAvailable(),
                found.netPayable(),
                found.gstr1Due(),
                found.gstr3bDue(),
                found.gstr1Filed(),
                found.gstr3bFiled(),
                found.daysTo3b(),
                found.pendingEInvoices());
    }
}
