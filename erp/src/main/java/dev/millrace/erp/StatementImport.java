package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;

/** What came of a GSTR-2B that somebody sent in. */
public sealed interface StatementImport {
    /** @param changed false: this very file had been imported before */
    record Done(YearMonth period, int documents, BigDecimal itcAvailable, boolean changed) implements StatementImport {}

    /** Nothing was written. */
    record Refused(List<InputProblem> problems) implements StatementImport {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
