package dev.millrace.erp.core;

import dev.millrace.erp.MailSender;
import dev.millrace.erp.MailSender.Mail;
import dev.millrace.erp.MailSender.Sent;
import java.util.Optional;

/**
 * Puts a message into the form of an e-mail and hands it over.
 *
 * @param publicUrl where people reach the web app, without a slash at the end: makes a path into a link
 */
public record Letter(MailSender sender, String publicUrl) {

    /**
     * @param key the same for every try
     */
    public Sent send(String to, String subject, String body, Optional<String> link, String key) {
        return sender.send(new Mail(to, subject, body + link.map(this::line).orElse(""), messageId(key)));
    }

    /** How whoever gets the mail decides by it. The link shows what is decided; it decides when a button is pressed. */
    public String decisionLines(String token) {
        String page = publicUrl + "/decide/" + token;
        return "\n\nApprove: " + page + "?decision=approve\nReject: " + page + "?decision=reject"
                + "\nThese links are for you alone: do not pass this mail on.";
    }

    /** A link as it stands below a message. */
    public String line(String link) {
        return "\n\n" + (link.startsWith("/") ? publicUrl + link : link);
    }

    /** A link that may go out: a path of the web app, or an address of it. */
    public boolean isOwn(String link) {
        return (link.startsWith("/") && !link.startsWith("//")) || link.startsWith(publicUrl + "/");
    }

    /** What RFC 5322 allows before the {@code @}; keys have a bracket in them when a step's handler sends. */
    private static String messageId(String key) {
        return key.replaceAll("[^A-Za-z0-9/_-]+", ".").replaceAll("^\\.|\\.$", "");
    }
}
