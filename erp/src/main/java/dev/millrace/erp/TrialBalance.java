package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.List;

/** What each account has come to, in the company's currency. Debit and credit are equal. */
public record TrialBalance(List<Line> lines, BigDecimal debit, BigDecimal credit) {
    public TrialBalance {
        lines = List.copyOf(lines);
    }

    /**
     * @param type {@code asset}, {@code liability}, {@code equity}, {@code income} or {@code expense}
     * @param balance debit less credit
     */
    public record Line(
            String accountCode,
            String accountName,
            String type,
            BigDecimal debit,
            BigDecimal credit,
            BigDecimal balance) {}
}
