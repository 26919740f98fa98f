package dev.millrace.erp.gst;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.gst.Reconciliation.Kind;
import dev.millrace.erp.gst.Reconciliation.Pair;
import dev.millrace.erp.gst.Reconciliation.Result;
import dev.millrace.erp.gst.Reconciliation.Tolerances;
import dev.millrace.erp.gst.StatementRows.Mark;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Holds the purchases of a period against the statement of it, and marks each document with what came of it. */
@Named(
        value = "erp.gst.reconcile_2b",
        module = "finance",
        description = "Matches purchase invoices with the imported GSTR-2B of a period.",
        failures = {"gstr2b_not_imported", "period_invalid"})
public final class ReconcileGstr2b implements LocalAction<ReconcileGstr2b.Config, ReconcileGstr2b.Output> {
    private static final BigDecimal RUPEE = new BigDecimal("1.00");
    private static final int DAYS = 10;

    /** Suppliers report late: so many months of the books may stand in a statement. */
    private static final int MONTHS_LATE = 6;

    /** So many statements around it are asked before a purchase counts as missing. */
    private static final int MONTHS_AROUND = 6;

    private final PurchaseBooks books;
    private final TaxPeriods periods = new TaxPeriods();
    private final StatementRows statements = new StatementRows();

    public ReconcileGstr2b(PurchaseBooks books) {
        this.books = books;
    }

    public record Config(
            @Describe("yyyy-MM; the previous month when empty")
            Optional<String> period,

            @Describe(value = "So much may each tax differ", least = 0, byDefault = "1.00")
            Optional<BigDecimal> amountTolerance,

            @Describe(value = "So far apart may the dates be", least = 0, most = 366, byDefault = "10")
            Optional<Integer> dateToleranceDays) {}

    public record Output(
            @Describe("yyyy-MM") String period,
            @Describe("Found, with the same tax") int matched,
            @Describe("Found, with another tax or date") int mismatched,

            @JsonProperty("missing_in_2b") @Describe("In the books only: credit at risk")
            int missingIn2b,

            @Describe("In the statement only") int missingInBooks,

            @Describe("The tax of what is missing in the statement")
            BigDecimal itcAtRisk,

            @Describe("What was found with a difference") List<Mismatch> mismatches,

            @Describe("Whose invoices are missing in the statement")
            List<MissingSupplier> suppliersMissing) {
        public Output {
            mismatches = List.copyOf(mismatches);
            suppliersMissing = List.copyOf(suppliersMissing);
        }
    }

    /** @param kind {@code amount}: it is found and differs; {@code number}: it seems to be one of another number */
    public record Mismatch(
            @Describe("Who sent it") String supplierName,
            @Describe("Where the supplier gets mail") Optional<String> supplierEmail,
            @Describe("The supplier's number") String invoiceNumber,
            @Describe("By the books") BigDecimal booksTax,
            @Describe("By the statement") BigDecimal portalTax,
            @Describe("Statement less books") BigDecimal difference,
            @Describe("What differs") String kind) {}

    public record MissingSupplier(
            @Describe("The supplier's id") UUID supplierId,
            @Describe("The supplier's name") String supplierName,
            @Describe("Where the supplier gets mail") Optional<String> email,
            @Describe("How many are missing") int invoices,
            @Describe("Their tax") BigDecimal itc) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        YearMonth period = periods.read(tx, config.period());
        if (statements.find(tx, period).isEmpty()) {
            throw ActionFailure.permanent(
                    "gstr2b_not_imported", "GSTR-2B of " + period + " is not imported: import it first");
        }
        List<StatementDocument> all = invoices(tx, period.minusMonths(MONTHS_AROUND), period.plusMonths(MONTHS_AROUND));
        List<StatementDocument> own = invoices(tx, period, period);
        Result result = Reconciliation.of(
                period,
                own,
                all.stream().filter(document -> !own.contains(document)).toList(),
                books.purchases(
                        tx,
                        period.minusMonths(MONTHS_LATE).atDay(1),
                        period.atEndOfMonth().plusDays(DAYS)),
                new Tolerances(
                        config.amountTolerance().orElse(RUPEE),
                        config.dateToleranceDays().orElse(DAYS)));
        statements.mark(tx, marks(result));
        return output(period, result);
    }

    private List<StatementDocument> invoices(Tx tx, YearMonth from, YearMonth to) {
        return statements.documents(tx, from, to).stream()
                .filter(StatementDocument::isInvoice)
                .toList();
    }

    private static List<Mark> marks(Result result) {
        var marks = new ArrayList<Mark>();
        result.pairs()
                .forEach(pair -> marks.add(new Mark(
                        pair.document().id(),
                        pair.kind().name().toLowerCase(Locale.ROOT),
                        Optional.of(pair.book().id()))));
        result.missingInBooks()
                .forEach(document -> marks.add(new Mark(document.id(), "missing_in_books", Optional.empty())));
        return marks;
    }

    private static Output output(YearMonth period, Result result) {
        var mismatches = new ArrayList<Mismatch>();
        result.of(Kind.MISMATCHED).forEach(pair -> mismatches.add(mismatch(pair, "amount")));
        result.of(Kind.SUGGESTED).forEach(pair -> mismatches.add(mismatch(pair, "number")));
        return new Output(
                period.toString(),
                result.of(Kind.MATCHED).size(),
                mismatches.size(),
                result.missingIn2b().size(),
                result.missingInBooks().size(),
                result.atRisk(),
                mismatches,
                suppliers(result.missingIn2b()));
    }

    private static Mismatch mismatch(Pair pair, String kind) {
        BookedPurchase book = pair.book();
        return new Mismatch(
                book.supplierName(),
                book.supplierEmail(),
                book.number(),
                book.tax(),
                pair.document().tax(),
                pair.document().tax().subtract(book.tax()),
                kind);
    }

    private static List<MissingSupplier> suppliers(List<BookedPurchase> missing) {
        Map<UUID, List<BookedPurchase>> bySupplier = new LinkedHashMap<>();
        missing.forEach(book -> bySupplier
                .computeIfAbsent(book.supplierId(), id -> new ArrayList<>())
                .add(book));
        return bySupplier.values().stream()
                .map(theirs -> new MissingSupplier(
                        theirs.getFirst().supplierId(),
                        theirs.getFirst().supplierName(),
                        theirs.getFirst().supplierEmail(),
                        theirs.size(),
                        theirs.stream().map(BookedPurchase::tax).reduce(TaxSplit.ZERO, BigDecimal::add)))
                .toList();
    }
}
