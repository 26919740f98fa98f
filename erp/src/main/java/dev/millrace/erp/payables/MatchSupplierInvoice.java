package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.InvoiceMatch;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.core.StepHerald;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/** Holds an invoice against its order and receipts; decides nothing itself. */
@Named(
        value = "erp.supplier_invoice.match",
        module = "procurement",
        description = "Two- or three-way match of a supplier invoice.",
        failures = {"not_found", "wrong_state"})
public final class MatchSupplierInvoice implements LocalAction<MatchSupplierInvoice.Config, MatchResult> {
    private final InvoiceMatching matching;

    public MatchSupplierInvoice(InvoiceMatching matching) {
        this.matching = matching;
    }

    public record Config(
            @Describe("An invoice that is not posted") UUID supplierInvoiceId,

            @Describe(value = "Of the order's price; the supplier's or the company's, else 2", least = 0, most = 100)
            Optional<BigDecimal> priceTolerancePercent,

            @Describe(value = "Per line; the supplier's or the company's, else 1000", least = 0)
            Optional<BigDecimal> priceToleranceAmount,

            @Describe(value = "Of the quantity ordered; the supplier's or the company's, else 0", least = 0, most = 100)
            Optional<BigDecimal> quantityTolerancePercent,

            @Describe(value = "Per line; the supplier's or the company's, else 1000", least = 0)
            Optional<BigDecimal> quantityToleranceAmount,

            @Describe(value = "Per component and line; the supplier's or the company's, else 1", least = 0)
            Optional<BigDecimal> taxToleranceAmount) {}

    @Override
    public MatchResult run(Tx tx, ActionContext context, Config config) {
        var step = MatchTolerances.Overrides.of(
                config.priceTolerancePercent(),
                config.priceToleranceAmount(),
                config.quantityTolerancePercent(),
                config.quantityToleranceAmount(),
                config.taxToleranceAmount());
        InvoiceMatch match =
                matching.match(tx, config.supplierInvoiceId(), step, context.documents(), new StepHerald(context));
        return switch (match) {
            case InvoiceMatch.Matched matched -> matched.result();
            case InvoiceMatch.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected an invoice of this company at supplier_invoice_id but got '" + notFound.id() + "'");
            case InvoiceMatch.WrongState wrong ->
                throw ActionFailure.permanent(
                        "wrong_state",
                        "Expected " + wrong.invoice().header().internalNumber() + " to be received or on_hold but it is "
                                + InvoiceRows.text(wrong.invoice().status()));
        };
    }
}
