package dev.millrace.erp;

import dev.millrace.engine.Transactions;
import dev.millrace.erp.core.NotificationRows;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Takes in what the WhatsApp Cloud API tells of messages: that they arrived, were read, or did not get there. Runs
 * transactions of its own, each in the company that the message's reference names.
 *
 * <p>Source: Meta for Developers, WhatsApp Cloud API, "Webhooks", field {@code messages}, {@code statuses}.
 */
public final class WhatsAppReports {
    private final Transactions transactions;
    private final NotificationRows rows = new NotificationRows();

    WhatsAppReports(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * May be called again with the same: that changes nothing. What is not about a message of ours is left out.
     *
     * @param notification known to come from the Cloud API
     * @return how many messages it changed
     */
    public int take(JsonNode notification) {
        int changed = 0;
        for (JsonNode entry : notification.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                for (JsonNode status : change.path("value").path("statuses")) {
                    changed += report(status) ? 1 : 0;
                }
            }
        }
        return changed;
    }

    private boolean report(JsonNode status) {
        String id = status.path("id").asString("");
        Optional<UUID> tenant = tenant(status.path("biz_opaque_callback_data").asString(""));
        return switch (status.path("status").asString("")) {
            case "delivered" -> write(tenant, id, "delivered", false, Optional.empty());
            case "read" -> write(tenant, id, "delivered", true, Optional.empty());
            case "failed" ->
                write(
                        tenant,
                        id,
                        "failed",
                        false,
                        Optional.of(reason(status.path("errors").path(0))));
            default -> false;
        };
    }

    private boolean write(Optional<UUID> tenant, String id, String status, boolean read, Optional<String> error) {
        return tenant.filter(company -> !id.isEmpty())
                .map(company -> transactions.run(company, tx -> rows.reported(tx, id, status, read, error)))
                .orElse(false);
    }

    /** The reference of a message begins with the company. */
    private static Optional<UUID> tenant(String reference) {
        try {
            return Optional.of(UUID.fromString(reference.substring(0, Math.max(0, reference.indexOf('/')))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String reason(JsonNode error) {
        String details = error.at("/error_data/details").asString("");
        return "WhatsApp could not deliver it: " + error.path("title").asString("no reason given")
                + (details.isEmpty() ? "" : " (" + details + ")");
    }
}
