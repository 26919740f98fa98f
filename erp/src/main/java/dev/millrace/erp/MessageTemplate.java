package dev.millrace.erp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A named text of messages.
 *
 * @param version how often it was set, from 1
 */
public record MessageTemplate(UUID id, String name, Text text, int version, String updatedBy, Instant updatedAt) {

    /**
     * What it says. Texts are templates of the language, which see the variables and {@code tenant}.
     *
     * @param variables what a step has to give
     * @param subject of e-mails, and of messages in the app
     * @param whatsapp empty: it cannot be sent by WhatsApp outside a session
     */
    public record Text(List<String> variables, Optional<String> subject, String body, Optional<Approved> whatsapp) {
        public Text {
            variables = List.copyOf(variables);
        }
    }

    /**
     * The text as WhatsApp approved it.
     *
     * @param parameters what fills its places, in their order
     */
    public record Approved(String name, String language, List<String> parameters) {
        public Approved {
            parameters = List.copyOf(parameters);
        }
    }
}
