package dev.millrace.erp.core;

import static java.util.stream.Collectors.joining;

import dev.millrace.engine.Json;
import dev.millrace.engine.Published;
import dev.millrace.engine.Published.Declined;
import dev.millrace.erp.Company.Unrouted;
import dev.millrace.erp.Submission.Routing;

/**
 * Who decides on a submitted order. Definitions that were asked and said no have decided: it needs no approval. An
 * order that no definition was asked about, or where a condition broke, has been decided by nobody.
 */
public final class UnroutedRule {
    private UnroutedRule() {}

    /**
     * @param event that was published, {@code purchase_order.created}
     */
    public static Routing route(Published published, Unrouted setting, String event) {
        if (published.started() > 0) {
            return new Routing.Started(published.started());
        }
        if (!published.isUnrouted()) {
            return new Routing.Approved(
                    "rule of "
                            + published.declined().stream()
                                    .map(UnroutedRule::label)
                                    .collect(joining(", ")),
                    published.declined().stream()
                            .map(d -> label(d) + " did not apply with " + Json.write(d.values()))
                            .collect(joining("; ")));
        }
        String reason = reason(published, event);
        return switch (setting) {
            case HOLD -> new Routing.Held(reason);
            case APPROVE -> new Routing.Approved("the setting unrouted_orders: approve", reason);
        };
    }

    private static String reason(Published published, String event) {
        return published.declined().stream()
                .filter(Declined::failed)
                .findFirst()
                .map(d -> "the condition of " + label(d) + " could not be evaluated: " + d.reason())
                .orElse("no enabled workflow begins with " + event);
    }

    private static String label(Declined declined) {
        return declined.workflow() + " v" + declined.version();
    }
}
