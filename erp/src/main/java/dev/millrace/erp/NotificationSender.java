package dev.millrace.erp;

import dev.millrace.engine.Transactions;
import dev.millrace.erp.MailSender.Sent;
import dev.millrace.erp.core.Letter;
import dev.millrace.erp.core.NotificationRows;
import dev.millrace.erp.core.NotificationRows.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Delivers the e-mails that {@code Directory.tell} queued, after the commit of what they tell of. Their failure
 * touches nothing but their own row.
 */
public final class NotificationSender {
    /** For the look-up by a security-definer function, which does not ask for the tenant. */
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final int BATCH = 20;

    /** Longer than a batch takes at worst, so that no other sender takes the same mail. */
    private static final Duration LEASE = Duration.ofMinutes(30);

    private static final int TRIES_MAX = 6;

    /** Doubled with every further try: a mail is given up after about half an hour. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Letter letter;
    private final NotificationRows rows = new NotificationRows();

    NotificationSender(Transactions transactions, Letter letter) {
        this.transactions = transactions;
        this.letter = letter;
    }

    /** Companies with mail that is due. */
    public List<UUID> tenantsWaiting() {
        return transactions.run(NO_TENANT, rows::tenantsWaiting);
    }

    /**
     * Sends what is due of one company, at most {@value #BATCH} mails. Safe to call on several nodes at once. After
     * a crash between sending and writing a mail is sent again, with the same Message-ID.
     *
     * @return how many were tried
     */
    public int runOnce(UUID tenant) {
        List<Waiting> claimed =
                transactions.run(tenant, tx -> rows.claim(tx, BATCH, tx.now().plus(LEASE)));
        for (Waiting mail : claimed) {
            Sent sent = letter.send(
                    mail.address(),
                    mail.subject(),
                    mail.body(),
                    mail.link(),
                    mail.id().toString());
            settle(tenant, mail, sent);
        }
        return claimed.size();
    }

    private void settle(UUID tenant, Waiting mail, Sent sent) {
        transactions.run(tenant, tx -> {
            switch (sent) {
                case Sent.Accepted accepted ->
                    rows.settle(
                            tx,
                            mail.id(),
                            "sent",
                            Optional.of(accepted.providerId()),
                            Optional.empty(),
                            Optional.empty());
                case Sent.Rejected rejected ->
                    rows.settle(
                            tx,
                            mail.id(),
                            "failed",
                            Optional.empty(),
                            Optional.of(rejected.reason()),
                            Optional.empty());
                case Sent.Unavailable unavailable -> {
                    boolean again = mail.tries() < TRIES_MAX;
                    rows.settle(
                            tx,
                            mail.id(),
                            again ? "queued" : "failed",
                            Optional.empty(),
                            Optional.of(unavailable.reason()),
                            Optional.of(tx.now().plus(FIRST_PAUSE.multipliedBy(1L << (mail.tries() - 1))))
                                    .filter(at -> again));
                }
            }
            return mail.id();
        });
    }
}
