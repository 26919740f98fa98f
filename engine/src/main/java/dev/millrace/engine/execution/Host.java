package dev.millrace.engine.execution;

import java.util.UUID;

/** The part of this node that runs executions, as those see it who start or change them. */
public interface Host {
    /** Whether an execution of the tenant that starts now may be leased to this node from birth. */
    boolean hasRoom(UUID tenant);

    /** Runs an execution that was born leased to this node; called after its commit. */
    void adopt(Loaded execution);

    /** Something was decided for the execution, or it fell due: whoever can, looks at it now. */
    void lookAt(UUID execution);

    /** The clock was moved: anything may have fallen due. */
    void lookAround();

    /** A node that runs nothing. */
    Host NONE = new Host() {
        @Override
        public boolean hasRoom(UUID tenant) {
            return false;
        }

        @Override
        public void adopt(Loaded execution) {
            throw new IllegalStateException("this node runs no executions: " + execution.id());
        }

        @Override
        public void lookAt(UUID execution) {}

        @Override
        public void lookAround() {}
    };
}
