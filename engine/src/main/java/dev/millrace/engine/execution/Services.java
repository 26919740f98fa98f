package dev.millrace.engine.execution;

import dev.millrace.engine.DatabaseClock;
import dev.millrace.engine.Documents;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Holds;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.policy.PolicyGate;
import java.util.function.DoubleSupplier;

/**
 * What running executions needs.
 *
 * @param random from 0 to 1, for the jitter of retries
 */
public record Services(
        Transactions transactions,
        GroupCommit groupCommit,
        AdvanceRows advance,
        ExecutionRows executions,
        PendingRequests requests,
        KeyRows keys,
        LateAnswers lateAnswers,
        WaitRows waits,
        Family family,
        ActionRegistry actions,
        PolicyGate gate,
        EventPublisher events,
        Documents documents,
        DatabaseClock clock,
        NodeSettings settings,
        DoubleSupplier random,
        Holds holds) {}
