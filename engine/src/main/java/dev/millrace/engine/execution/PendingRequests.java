package dev.millrace.engine.execution;

import dev.millrace.engine.Tx;
import java.util.Optional;
import java.util.UUID;

/** What running an execution must do to the requests for approval that its steps wait for. */
public interface PendingRequests {
    Optional<UUID> pendingRequest(Tx tx, UUID execution, String step);

    /** The time of a request is up; false if somebody was first, or it is not up yet. */
    boolean expire(Tx tx, UUID request, Optional<UUID> escalatedTo);

    /** Nobody need decide any more. */
    void cancelPending(Tx tx, UUID execution);
}
