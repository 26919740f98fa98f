package dev.millrace.engine.execution;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.journal.Entry;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to calls whose execution was cancelled meanwhile: the journal says that they came, and nothing else changes. */
public final class LateAnswers {
    private static final Logger log = LoggerFactory.getLogger(LateAnswers.class);

    private final Transactions transactions;
    private final SettleRows settle;
    private final Supplier<UUID> ids;

    public LateAnswers(Transactions transactions, SettleRows settle, Supplier<UUID> ids) {
        this.transactions = transactions;
        this.settle = settle;
        this.ids = ids;
    }

    /**
     * An attempt's result was refused. Journals it if that is because the execution was cancelled.
     *
     * @param attempt as it was when it began
     * @param how it ended, without what was answered
     */
    void note(Loaded execution, StepRow attempt, String how) {
        try {
            transactions.run(execution.tenant().id(), tx -> {
                boolean late = CallRows.lockCancelled(tx, execution.id(), attempt);
                if (late) {
                    Entry entry = Entry.ofStep(
                            "workflow.late_answer", execution.id(), attempt.id(), "cancelled", "cancelled");
                    settle.note(tx, execution.id(), ids.get(), entry.saying(how));
                }
                return late;
            });
        } catch (RuntimeException e) {
            log.warn(
                    "execution {} step {}: that its call {} after the cancel could not be journaled",
                    execution.id(),
                    attempt.id(),
                    how,
                    e);
        }
    }
}
