package dev.millrace.erp.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.gst.Reconciliation.Kind;
import dev.millrace.erp.gst.Reconciliation.Result;
import dev.millrace.erp.gst.Reconciliation.Tolerances;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconciliationTest {
    private static final YearMonth PERIOD = YearMonth.of(2026, 10);
    private static final String GSTIN = "24AAQCA8719H1ZC";
    private long id;

    @ParameterizedTest
    @CsvSource({
        // number and day and tax in the statement; number and day and tax in the books; what comes of it
        "INV-001, 2026-10-05, 180.00, inv 001, 2026-10-05, 180.00, MATCHED",
        "0101, 2026-10-05, 180.00, 101, 2026-10-05, 180.00, MATCHED",
        "INV-001, 2026-10-05, 180.00, INV001, 2026-10-15, 180.00, MATCHED",
        "INV-001, 2026-10-05, 180.00, INV001, 2026-10-16, 180.00, MISMATCHED",
        "INV-001, 2026-10-05, 180.00, INV001, 2026-10-05, 181.00, MATCHED",
        "INV-001, 2026-10-05, 180.00, INV001, 2026-10-05, 181.01, MISMATCHED",
        "INV-001, 2026-10-05, 180.00, INV-100, 2026-10-08, 180.00, SUGGESTED",
        "INV-001, 2026-10-05, 180.00, INV-100, 2026-10-09, 180.00, NONE",
        "INV-001, 2026-10-05, 180.00, INV-100, 2026-10-05, 180.01, NONE",
        "INV-001, 2026-04-01, 180.00, INV-001, 2026-03-31, 180.00, SUGGESTED"
    })
    void a_document_goes_with_one_of_the_books(
            String number,
            LocalDate date,
            BigDecimal tax,
            String bookNumber,
            LocalDate bookDate,
            BigDecimal bookTax,
            String outcome) {
        Result result = reconcile(
                List.of(document(GSTIN, number, date, tax)),
                List.of(),
                List.of(book(GSTIN, bookNumber, bookDate, bookTax)));

        if (outcome.equals("NONE")) {
            assertThat(result.pairs()).isEmpty();
            assertThat(result.missingInBooks()).hasSize(1);
            assertThat(result.missingIn2b()).hasSize(1);
            assertThat(result.atRisk()).isEqualTo(bookTax);
        } else {
            assertThat(result.pairs()).extracting(Reconciliation.Pair::kind).containsExactly(Kind.valueOf(outcome));
            assertThat(result.missingInBooks()).isEmpty();
            assertThat(result.missingIn2b()).isEmpty();
        }
    }

    @Test
    void each_side_is_used_once_and_the_number_goes_before_a_guess() {
        LocalDate day = LocalDate.of(2026, 10, 5);
        BigDecimal tax = new BigDecimal("180.00");

        Result result = reconcile(
                List.of(document(GSTIN, "WRONG", day, tax), document(GSTIN, "A1", day, tax)),
                List.of(),
                List.of(book(GSTIN, "A1", day, tax), book(GSTIN, "A2", day, tax)));

        assertThat(result.of(Kind.MATCHED))
                .singleElement()
                .satisfies(pair -> assertThat(pair.document().number()).isEqualTo("A1"));
        assertThat(result.of(Kind.SUGGESTED))
                .singleElement()
                .satisfies(pair -> assertThat(pair.book().number()).isEqualTo("A2"));
    }

    @Test
    void a_purchase_is_not_missing_that_stands_in_another_months_statement_or_belongs_to_another_month() {
        BigDecimal tax = new BigDecimal("180.00");
        LocalDate day = LocalDate.of(2026, 10, 30);

        Result result = reconcile(
                List.of(),
                List.of(document(GSTIN, "LATE", day, tax)),
                List.of(
                        book(GSTIN, "LATE", day, tax),
                        book(GSTIN, "SEPTEMBER", LocalDate.of(2026, 9, 30), tax),
                        book(GSTIN, "MISSING", day, tax)));

        assertThat(result.missingIn2b()).extracting(BookedPurchase::number).containsExactly("MISSING");
    }

    @Test
    void the_same_number_of_another_supplier_is_another_document() {
        LocalDate day = LocalDate.of(2026, 10, 5);
        BigDecimal tax = new BigDecimal("180.00");

        Result result = reconcile(
                List.of(document("24AABCR6898M1ZN", "A1", day, tax)), List.of(), List.of(book(GSTIN, "A1", day, tax)));

        assertThat(result.pairs()).isEmpty();
    }

    private static Result reconcile(
            List<StatementDocument> statement, List<StatementDocument> others, List<BookedPurchase> books) {
        List<BookedPurchase> all = books;
        YearMonth period =
                books.isEmpty() || YearMonth.from(books.getFirst().date()).isAfter(YearMonth.of(2026, 5))
                        ? PERIOD
                        : YearMonth.from(books.getFirst().date());
        return Reconciliation.of(period, statement, others, all, new Tolerances(new BigDecimal("1.00"), 10));
    }

    private StatementDocument document(String gstin, String number, LocalDate date, BigDecimal igst) {
        id++;
        return new StatementDocument(
                new UUID(1, id),
                gstin,
                "Supplier",
                "B2B",
                number,
                date,
                new BigDecimal("1180.00"),
                new BigDecimal("1000.00"),
                igst,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private BookedPurchase book(String gstin, String number, LocalDate date, BigDecimal igst) {
        id++;
        return new BookedPurchase(
                new UUID(2, id),
                new UUID(3, 3),
                "Supplier",
                Optional.empty(),
                gstin,
                number,
                date,
                igst,
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }
}
