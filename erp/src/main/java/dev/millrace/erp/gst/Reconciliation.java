package dev.millrace.erp.gst;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Purchases held against the suppliers' statement of a period. A document is known by supplier, normalised number and financial
 * year; one that is not found so may still be one of the same supplier, day and tax under another number. Touches nothing.
 */
final class Reconciliation {
    private static final int SUGGESTED_DAYS = 3;

    private final Tolerances tolerances;
    private final List<BookedPurchase> books;
    private final Map<Key, BookedPurchase> byKey = new LinkedHashMap<>();
    private final Set<UUID> used = new HashSet<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final List<StatementDocument> missingInBooks = new ArrayList<>();

    private Reconciliation(List<BookedPurchase> books, Tolerances tolerances) {
        this.books = List.copyOf(books);
        this.tolerances = tolerances;
        books.forEach(book -> byKey.putIfAbsent(Key.of(book.supplierGstin(), book.number(), book.date()), book));
    }

    /**
     * @param amount by so much may each tax differ, in rupees
     * @param days so far apart may the dates be
     */
    record Tolerances(BigDecimal amount, int days) {}

    /** How a document of the statement and one of the books go together. */
    enum Kind {
        MATCHED,
        /** The document is found, its tax or its date differ. */
        MISMATCHED,
        /** Another number; supplier, day and tax fit. */
        SUGGESTED
    }

    record Pair(Kind kind, StatementDocument document, BookedPurchase book) {}

    /**
     * @param missingIn2b of the books of the period: their credit is at risk
     * @param missingInBooks of the statement
     */
    record Result(List<Pair> pairs, List<BookedPurchase> missingIn2b, List<StatementDocument> missingInBooks) {
        Result {
            pairs = List.copyOf(pairs);
            missingIn2b = List.copyOf(missingIn2b);
            missingInBooks = List.copyOf(missingInBooks);
        }

        List<Pair> of(Kind kind) {
            return pairs.stream().filter(pair -> pair.kind() == kind).toList();
        }

        BigDecimal atRisk() {
            return missingIn2b.stream().map(BookedPurchase::tax).reduce(TaxSplit.ZERO, BigDecimal::add);
        }
    }

    private record Key(String gstin, String number, String year) {
        static Key of(String gstin, String number, LocalDate date) {
            return new Key(gstin, DocumentNumber.normalized(number), Irn.financialYear(date));
        }

        static Key of(StatementDocument document) {
            return of(document.supplierGstin(), document.number(), document.date());
        }
    }

    /**
     * @param statement of the period
     * @param others documents of other periods' statements: what stands there is not missing
     * @param books of the period and of the days around it, which may be reported in it
     */
    static Result of(
            YearMonth period,
            List<StatementDocument> statement,
            List<StatementDocument> others,
            List<BookedPurchase> books,
            Tolerances tolerances) {
        var reconciliation = new Reconciliation(books, tolerances);
        List<StatementDocument> rest = reconciliation.byNumber(statement);
        reconciliation.bySupplierDayAndTax(rest);
        return new Result(reconciliation.pairs, reconciliation.missing(period, others), reconciliation.missingInBooks);
    }

    private List<StatementDocument> byNumber(List<StatementDocument> statement) {
        var rest = new ArrayList<StatementDocument>();
        for (StatementDocument document : statement) {
            Optional<BookedPurchase> book =
                    Optional.ofNullable(byKey.get(Key.of(document))).filter(found -> !used.contains(found.id()));
            book.ifPresentOrElse(found -> pair(fits(document, found), document, found), () -> rest.add(document));
        }
        return rest;
    }

    private Kind fits(StatementDocument document, BookedPurchase book) {
        boolean same = within(document.igst(), book.igst())
                && within(document.cgst(), book.cgst())
                && within(document.sgst(), book.sgst())
                && daysApart(document, book) <= tolerances.days();
        return same ? Kind.MATCHED : Kind.MISMATCHED;
    }

    private boolean within(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(tolerances.amount()) <= 0;
    }

    private static long daysApart(StatementDocument document, BookedPurchase book) {
        return Math.abs(ChronoUnit.DAYS.between(document.date(), book.date()));
    }

    private void bySupplierDayAndTax(List<StatementDocument> rest) {
        for (StatementDocument document : rest) {
            books.stream()
                    .filter(book -> !used.contains(book.id()))
                    .filter(book -> book.supplierGstin().equals(document.supplierGstin()))
                    .filter(book -> book.tax().compareTo(document.tax()) == 0)
                    .filter(book -> daysApart(document, book) <= SUGGESTED_DAYS)
                    .findFirst()
                    .ifPresentOrElse(book -> pair(Kind.SUGGESTED, document, book), () -> missingInBooks.add(document));
        }
    }

    private void pair(Kind kind, StatementDocument document, BookedPurchase book) {
        used.add(book.id());
        pairs.add(new Pair(kind, document, book));
    }

    private List<BookedPurchase> missing(YearMonth period, List<StatementDocument> others) {
        var elsewhere = new HashSet<Key>();
        others.forEach(document -> elsewhere.add(Key.of(document)));
        return books.stream()
                .filter(book -> YearMonth.from(book.date()).equals(period))
                .filter(book -> !used.contains(book.id()))
                .filter(book -> !elsewhere.contains(Key.of(book.supplierGstin(), book.number(), book.date())))
                .toList();
    }
}
