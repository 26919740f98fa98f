package dev.millrace.language.schedule;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.Schedule;
import java.util.Optional;

/** Unwinds the reader of one field; never leaves this package. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Schedule.Fault told;

    private Fault(Schedule.Fault told) {
        super(told.expected(), null, false, false);
        this.told = told;
    }

    Schedule.Fault told() {
        return told;
    }

    static Fault invalid(Part part, String expected, String but) {
        return new Fault(new Schedule.Fault(
                ProblemCode.CRON_INVALID, part.offset(), part.text().length(), expected, but, Optional.empty()));
    }

    static Fault replace(Part part, String expected, String but, String replacement) {
        return new Fault(new Schedule.Fault(
                ProblemCode.CRON_INVALID,
                part.offset(),
                part.text().length(),
                expected,
                but + "; write '" + replacement + "'.",
                Optional.of(replacement)));
    }

    static Fault never(Part part, String expected, String but) {
        return new Fault(new Schedule.Fault(
                ProblemCode.SCHEDULE_NEVER_FIRES,
                part.offset(),
                part.text().length(),
                expected,
                but,
                Optional.empty()));
    }
}
