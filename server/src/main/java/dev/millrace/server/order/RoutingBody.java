package dev.millrace.server.order;

import dev.millrace.erp.Submission.Routing;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who decides on a submitted order.
 *
 * @param kind {@code started}: the executions decide; {@code asked_again}: those who had sent it back; {@code held}: nobody
 *     does, Admin has a task; {@code approved}: nobody has to
 */
public record RoutingBody(String kind, Optional<String> reason, List<UUID> executions) {
    public RoutingBody {
        executions = List.copyOf(executions);
    }

    public static RoutingBody of(Routing routing, List<UUID> executions) {
        return switch (routing) {
            case Routing.Started started -> new RoutingBody("started", Optional.empty(), executions);
            case Routing.AskedAgain again -> new RoutingBody("asked_again", Optional.empty(), executions);
            case Routing.Held held -> new RoutingBody("held", Optional.of(held.reason()), executions);
            case Routing.Approved approved -> new RoutingBody("approved", Optional.of(approved.reason()), executions);
        };
    }
}
