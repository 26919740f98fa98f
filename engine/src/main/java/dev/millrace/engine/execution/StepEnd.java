package dev.millrace.engine.execution;

/** How running a unit once ended for the execution that asked for it. */
sealed interface StepEnd {
    String unit();

    /** The row is durable. */
    record Written(StepRow row) implements StepEnd {
        @Override
        public String unit() {
            return row.id();
        }
    }

    /** It needs no transaction of its own: the driver writes the row with whatever follows from it. */
    record Computed(StepRow row) implements StepEnd {
        @Override
        public String unit() {
            return row.id();
        }
    }

    /** Nothing was written: the lease or the signal has moved on, or nobody knows. Read again. */
    record Unsettled(String unit) implements StepEnd {}
}
