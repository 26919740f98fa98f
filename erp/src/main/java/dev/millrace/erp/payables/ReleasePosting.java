package dev.millrace.erp.payables;

import dev.millrace.erp.MatchResult;
import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.ledger.AccountRole;
import dev.millrace.erp.ledger.Posting;
import dev.millrace.erp.ledger.Posting.Account;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the release of an invoice posts: goods received out of what is not invoiced yet, at the order's price, and what
 * they cost otherwise as price variance; services and what was not ordered to their expense accounts; tax, charges and
 * rounding; all that against the supplier. Computes, and touches nothing.
 */
final class ReleasePosting {
    private static final String REFERENCE = "released";

    private final Map<Account, BigDecimal> amounts = new LinkedHashMap<>();

    private ReleasePosting() {}

    static Posting of(SupplierInvoice invoice, MatchResult result, LocalDate date, String by) {
        Header header = invoice.header();
        return new Posting(
                date,
                "Supplier invoice " + header.invoiceNumber() + " of " + header.supplierName() + ", "
                        + header.internalNumber(),
                header.currency(),
                header.rate(),
                new Posting.Source(InvoiceEvents.TYPE, header.id(), REFERENCE),
                new ReleasePosting().lines(invoice, result),
                true,
                by);
    }

    private List<Posting.Line> lines(SupplierInvoice invoice, MatchResult result) {
        Header header = invoice.header();
        Map<Integer, MatchResult.Line> matched =
                result.lines().stream().collect(Collectors.toMap(MatchResult.Line::lineNo, line -> line));
        invoice.lines().forEach(line -> add(line, Objects.requireNonNull(matched.get(line.lineNo()))));
        add(AccountRole.INPUT_CGST, header.cgst());
        add(AccountRole.INPUT_SGST, header.sgst());
        add(AccountRole.INPUT_IGST, header.igst());
        add(AccountRole.CHARGES, header.charges());
        BigDecimal sum = amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        add(AccountRole.ROUNDING, header.total().subtract(sum));
        var lines = new ArrayList<Posting.Line>();
        amounts.forEach((account, amount) -> {
            if (amount.signum() != 0) {
                lines.add(Posting.Line.signed(account, amount));
            }
        });
        lines.add(Posting.Line.credit(AccountRole.PAYABLE, header.total())
                .of(new Posting.Party("supplier", header.supplierId())));
        return lines;
    }

    private void add(SupplierInvoice.Line line, MatchResult.Line matched) {
        if (matched.mode() != Mode.THREE_WAY) {
            amounts.merge(
                    line.expenseAccount()
                            .<Account>map(Account.Code::new)
                            .orElseGet(() -> new Account.Role(AccountRole.EXPENSE)),
                    line.taxable(),
                    BigDecimal::add);
            return;
        }
        // What was not received was never booked as received: its whole price is a variance.
        BigDecimal received = matched.invoiced().subtract(matched.quantityVariance()).max(BigDecimal.ZERO);
        BigDecimal booked = LineFigures.money(received.multiply(matched.poPrice()));
        add(AccountRole.GRNI, booked);
        add(AccountRole.PRICE_VARIANCE, line.taxable().subtract(booked));
    }

    private void add(AccountRole role, BigDecimal amount) {
        amounts.merge(new Account.Role(role), amount, BigDecimal::add);
    }
}
