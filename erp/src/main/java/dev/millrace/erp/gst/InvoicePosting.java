package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.Posting;
import dev.millrace.erp.ledger.Posting.Account;
import dev.millrace.erp.ledger.Posting.Line;
import dev.millrace.erp.ledger.Posting.Party;
import dev.millrace.erp.ledger.Posting.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a sales invoice is in the books: the customer owes its total, against sales (at home or abroad), the output taxes that are
 * charged, and what rounding left over. Joins the caller's transaction.
 */
final class InvoicePosting {
    private final Ledger ledger;

    InvoicePosting(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * @return the journal; empty: the invoice comes to nothing
     * @throws dev.millrace.erp.PostingRefused period_closed and the like
     */
    Optional<UUID> post(Tx tx, SalesInvoice invoice, Herald herald) {
        Made made = invoice.made().orElseThrow();
        List<Line> lines = lines(invoice, made);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var posting = new Posting(
                made.date(),
                "Sales invoice " + made.number() + " to " + made.customerName(),
                invoice.currency(),
                BigDecimal.ONE,
                new Source(SalesInvoiceEvents.INVOICE, invoice.id(), "posted"),
                lines,
                true,
                herald.by());
        return Optional.of(ledger.post(tx, posting, herald).id());
    }

    private static List<Line> lines(SalesInvoice invoice, Made made) {
        Amounts amounts = invoice.amounts();
        boolean export = SupplyType.valueOf(made.supplyType()).isExport();
        var lines = new ArrayList<Line>();
        if (amounts.total().signum() > 0) {
            lines.add(Line.debit(AccountRole.RECEIVABLE, amounts.total())
                    .of(new Party("customer", invoice.customerId())));
        }
        credit(lines, export ? AccountRole.EXPORT_SALES : AccountRole.SALES, amounts.taxable());
        if (!made.reverseCharge()) {
            credit(lines, AccountRole.OUTPUT_CGST, amounts.cgst());
            credit(lines, AccountRole.OUTPUT_SGST, amounts.sgst());
            credit(lines, AccountRole.OUTPUT_IGST, amounts.igst());
        }
        if (amounts.roundOff().signum() != 0) {
            lines.add(Line.signed(
                    new Account.Role(AccountRole.ROUNDING), amounts.roundOff().negate()));
        }
        return lines;
    }

    private static void credit(List<Line> lines, AccountRole role, BigDecimal amount) {
        if (amount.signum() > 0) {
            lines.add(Line.credit(role, amount));
        }
    }

    /** @throws dev.millrace.erp.PostingRefused the period of the day is closed */
    void reverse(Tx tx, UUID journal, LocalDate date, String reason, Herald herald) {
        ledger.reverse(tx, journal, date, reason, true, herald);
    }
}
