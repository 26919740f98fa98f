package dev.millrace.erp;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Sends e-mail by SMTP, one connection for each message. */
public final class SmtpMailSender implements MailSender {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** For each answer of the server. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final Session session;
    private final String from;

    /**
     * @param user null: the server asks for no sign-in
     * @param from the sender's address
     * @param startTls true: refuses to send without encryption
     */
    public SmtpMailSender(
            String host, int port, @Nullable String user, @Nullable String password, String from, boolean startTls) {
        this(host, port, user, password, from, startTls, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * @param user null: the server asks for no sign-in
     * @param from the sender's address
     * @param startTls true: refuses to send without encryption
     * @param tls whom it trusts
     */
    public SmtpMailSender(
            String host,
            int port,
            @Nullable String user,
            @Nullable String password,
            String from,
            boolean startTls,
            SSLSocketFactory tls) {
        var settings = new Properties();
        settings.put("mail.smtp.ssl.socketFactory", tls);
        settings.setProperty("mail.smtp.host", host);
        settings.setProperty("mail.smtp.port", Integer.toString(port));
        settings.setProperty("mail.smtp.connectiontimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
        settings.setProperty("mail.smtp.timeout", Long.toString(ANSWER_TIMEOUT.toMillis()));
        settings.setProperty("mail.smtp.writetimeout", Long.toString(ANSWER_TIMEOUT.toMillis()));
        settings.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        settings.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        settings.setProperty("mail.smtp.auth", Boolean.toString(user != null));
        this.session = Session.getInstance(settings, user == null ? null : new SignIn(user, password));
        this.from = from;
    }

    @Override
    public Sent send(Mail mail) {
        try {
            var message = new IdentifiedMessage(session, "<" + mail.messageId() + "@millrace.invalid>");
            message.setFrom(new InternetAddress(from));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
            // A line break in a subject would begin another header.
            message.setSubject(mail.subject().replaceAll("\\p{Cntrl}+", " "), "UTF-8");
            message.setText(mail.text(), "UTF-8");
            Transport.send(message);
            return new Sent.Accepted(message.getMessageID());
        } catch (AddressException e) {
            return new Sent.Rejected("'" + mail.to() + "' is no e-mail address: " + e.getMessage());
        } catch (MessagingException e) {
            return isFinal(e) ? new Sent.Rejected(reason(e)) : new Sent.Unavailable(reason(e));
        }
    }

    /** By RFC 5321: 5xx is a refusal for good, anything else may pass. */
    private static boolean isFinal(MessagingException e) {
        OptionalInt code = answer(e);
        return code.isPresent() && code.getAsInt() >= 500 && code.getAsInt() < 600;
    }

    /** The server's code, of the innermost exception that has one. */
    private static OptionalInt answer(MessagingException e) {
        OptionalInt own = switch (e) {
            case SMTPSendFailedException failed -> OptionalInt.of(failed.getReturnCode());
            case SMTPAddressFailedException failed -> OptionalInt.of(failed.getReturnCode());
            case SMTPSenderFailedException failed -> OptionalInt.of(failed.getReturnCode());
            default -> OptionalInt.empty();
        };
        if (e.getNextException() instanceof MessagingException next) {
            OptionalInt inner = answer(next);
            return inner.isPresent() ? inner : own;
        }
        return own;
    }

    private static String reason(MessagingException e) {
        String inner =
                e.getNextException() == null ? "" : ": " + e.getNextException().getMessage();
        return (e.getMessage() + inner).strip().replaceAll("\\s+", " ");
    }

    /** Keeps the Message-ID that it is given: by it the receiving side knows a repeated message. */
    private static final class IdentifiedMessage extends MimeMessage {
        private final String messageId;

        IdentifiedMessage(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }

    private static final class SignIn extends Authenticator {
        private final PasswordAuthentication answer;

        SignIn(String user, @Nullable String password) {
            this.answer = new PasswordAuthentication(user, password);
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return answer;
        }
    }
}
