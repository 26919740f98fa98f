package dev.millrace.erp;

/** Sends e-mail. Never called inside a transaction. */
public interface MailSender {
    /** Delivers nothing: the message's row in the outbox is all there is. */
    MailSender SANDBOX = mail -> new Sent.Accepted("sandbox");

    /** Takes at most a minute. May be called again with the same message id: then it is the same message. */
    Sent send(Mail mail);

    /**
     * One message to one address.
     *
     * @param text plain
     * @param messageId the part of the Message-ID before the {@code @}: the same for every try of a message
     */
    record Mail(String to, String subject, String text, String messageId) {}

    /** What came of it. */
    sealed interface Sent {
        /** The provider took it. */
        record Accepted(String providerId) implements Sent {}

        /** The provider could not be reached or asks to come again. */
        record Unavailable(String reason) implements Sent {}

        /** The provider will not take this message, however often it is tried. */
        record Rejected(String reason) implements Sent {}
    }
}
