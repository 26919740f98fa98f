package dev.millrace.server.claim;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.ExpenseClaim;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An expense claim, as it is sent in. Amounts may be numbers or texts. */
record ClaimForm(
        @Describe("whose claim it is; who sends it in when absent")
        Optional<UUID> employeeId,

        @Describe("who decides first") Optional<UUID> managerId,

        @Describe(value = "travel is booked as travel, everything else as expense", least = 1, most = 100)
        String category,

        @Describe(value = "ISO 4217; the company's own when absent", as = Describe.As.CURRENCY)
        Optional<String> currency,

        @Describe("what one unit of a foreign currency is worth in the company's own")
        Optional<BigDecimal> rate,

        @Describe(value = "what was spent", least = 1, most = ExpenseClaim.Submission.LINES_MOST)
        List<LineForm> lines) {

    record LineForm(
            @Describe("when") LocalDate date,

            @Describe(value = "for what", least = 1, most = 500)
            String description,

            @Describe("above 0, two decimals") BigDecimal amount,
            @Describe("there is a receipt for it") boolean hasReceipt) {

        ExpenseClaim.NewLine line() {
            return new ExpenseClaim.NewLine(date, description, amount, hasReceipt);
        }
    }

    ExpenseClaim.Submission submission() {
        return new ExpenseClaim.Submission(
                employeeId,
                managerId,
                category,
                currency,
                rate,
                lines.stream().map(LineForm::line).toList());
    }
}
