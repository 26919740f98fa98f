package dev.millrace.erp;

import java.util.List;
import java.util.Optional;

/** Sends WhatsApp messages. Never called inside a transaction. */
public interface WhatsAppSender {
    /** Delivers nothing: the message's row in the outbox is all there is. */
    WhatsAppSender SANDBOX = message -> new Sent.Accepted("sandbox");

    /** Takes at most half a minute. The provider knows no repeated message: whoever calls again sends again. */
    Sent send(Message message);

    /**
     * One message to one number.
     *
     * @param to {@code +919820012345}
     * @param reference comes back with what became of it, at most 512 characters
     */
    record Message(String to, Content content, String reference) {}

    /** What it says. */
    sealed interface Content {
        /** Free text: reaches only who wrote to us within the last 24 hours. */
        record Text(String body) implements Content {}

        /**
         * A text that WhatsApp approved.
         *
         * @param language as it was approved, {@code en} or {@code en_US}
         */
        record Template(String name, String language, List<Parameter> parameters) implements Content {
            public Template {
                parameters = List.copyOf(parameters);
            }
        }
    }

    /**
     * What fills a place of a template.
     *
     * @param name of the place; empty: places go by their order
     */
    record Parameter(Optional<String> name, String text) {}

    /** What came of it. */
    sealed interface Sent {
        /** The provider took it. */
        record Accepted(String providerId) implements Sent {}

        /** The provider could not be reached or is not well. */
        record Unavailable(String reason) implements Sent {}

        /** Too many messages: later it may take this one. */
        record RateLimited(String reason) implements Sent {}

        /** The provider will not take this message, however often it is tried. */
        record Rejected(String reason) implements Sent {}
    }
}
