package dev.millrace.server.order;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request;
import dev.millrace.server.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whether a document is shown to somebody because he is asked about it. */
@Component
public class Asked {
    /** Requests that an approver has at once; beyond that he sees the document through its request alone. */
    private static final int MOST = 1000;

    private final Engine engine;

    public Asked(Engine engine) {
        this.engine = engine;
    }

    public boolean about(Tx tx, UUID document, Caller caller) {
        return engine.approvals().pendingFor(tx, caller.member(), Optional.empty(), MOST).stream()
                .map(Request::entityId)
                .anyMatch(Optional.of(document)::equals);
    }
}
