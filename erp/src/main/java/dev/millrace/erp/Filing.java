package dev.millrace.erp;

/** What came of marking a return as filed. */
public sealed interface Filing {
    /** The monthly returns. */
    enum Return {
        GSTR1,
        GSTR3B
    }

    /** @param changed false: it was filed before */
    record Done(boolean changed) implements Filing {}

    /** @param code {@code period_invalid} */
    record Refused(String code, String message) implements Filing {}
}
