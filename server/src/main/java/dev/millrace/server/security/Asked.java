package dev.millrace.server.security;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** An approver sees the document of his request, whatever else he may read. */
@Component
public class Asked {
    /** Requests that an approver has at once; beyond that he sees the document through its request alone. */
    private static final int REQUESTS_MOST = 1000;

    private final Engine engine;

    public Asked(Engine engine) {
        this.engine = engine;
    }

    /** A request about the document waits for the caller. */
    public boolean isAsked(Tx tx, Caller caller, UUID document) {
        return engine.approvals().pendingFor(tx, caller.member(), Optional.empty(), REQUESTS_MOST).stream()
                .map(Request::entityId)
                .anyMatch(Optional.of(document)::equals);
    }
}
