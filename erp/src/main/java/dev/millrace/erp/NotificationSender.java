package dev.millrace.erp;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.MailSender.Sent;
import dev.millrace.erp.core.Letter;
import dev.millrace.erp.core.NotificationRows;
import dev.millrace.erp.core.NotificationRows.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Delivers the e-mails that {@code Directory.tell} queued, after the commit of what they tell of. Their failure
 * touches nothing but their own row.
 */
public final class NotificationSender {
    /** For the look-up by a security-definer function, which does not ask for the tenant. */
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final int BATCH = 20;

    /** Messages in one digest; what waits beyond it goes out in another. */
    private static final int DIGEST = 200;

    /** Longer than a batch takes at worst, so that no other sender takes the same mail. */
    private static final Duration LEASE = Duration.ofMinutes(30);

    private static final int TRIES_MAX = 6;

    /** Doubled with every further try: a mail is given up after about half an hour. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Letter letter;
    private final DecisionLinks links;
    private final NotificationRows rows = new NotificationRows();

    NotificationSender(Transactions transactions, Letter letter, DecisionLinks links) {
        this.transactions = transactions;
        this.letter = letter;
        this.links = links;
    }

    /** Companies with mail that is due. */
    public List<UUID> tenantsWaiting() {
        return transactions.run(NO_TENANT, rows::tenantsWaiting);
    }

    /** A mail that this sender holds, and how its reader decides by it. */
    private record Outgoing(Waiting mail, Optional<String> token) {}

    /**
     * Sends what is due of one company, at most {@value #BATCH} mails and one digest. Safe to call on several nodes at
     * once. After a crash between sending and writing a mail is sent again, with the same Message-ID and a link of its
     * own: both of its links are good, for one decision.
     *
     * @return how many messages were tried
     */
    public int runOnce(UUID tenant) {
        List<Outgoing> single = transactions.run(
                tenant, tx -> withLinks(tx, rows.claim(tx, BATCH, tx.now().plus(LEASE))));
        for (Outgoing one : single) {
            settle(tenant, List.of(one), send(one));
        }
        List<Outgoing> digest = transactions.run(
                tenant, tx -> withLinks(tx, rows.claimDigest(tx, DIGEST, tx.now().plus(LEASE))));
        if (!digest.isEmpty()) {
            settle(tenant, digest, digest.size() == 1 ? send(digest.getFirst()) : send(digest));
        }
        return single.size() + digest.size();
    }

    private List<Outgoing> withLinks(Tx tx, List<Waiting> mails) {
        return mails.stream()
                .map(mail -> new Outgoing(
                        mail,
                        mail.request()
                                .flatMap(request -> mail.member().map(member -> links.make(tx, request, member)))))
                .toList();
    }

    private Sent send(Outgoing one) {
        Waiting mail = one.mail();
        String body = mail.body() + one.token().map(letter::decisionLines).orElse("");
        return letter.send(mail.address(), mail.subject(), body, mail.link(), key(one));
    }

    private Sent send(List<Outgoing> digest) {
        String body = digest.stream().map(this::entry).collect(Collectors.joining("\n\n"));
        return letter.send(
                digest.getFirst().mail().address(),
                digest.size() + " messages",
                body,
                Optional.empty(),
                key(digest.getFirst()));
    }

    private String entry(Outgoing one) {
        Waiting mail = one.mail();
        return "* " + mail.subject() + "\n" + mail.body()
                + one.token().map(letter::decisionLines).orElse("")
                + mail.link().map(letter::line).orElse("");
    }

    private static String key(Outgoing one) {
        return one.mail().id().toString();
    }

    private void settle(UUID tenant, List<Outgoing> mails, Sent sent) {
        transactions.run(tenant, tx -> {
            mails.forEach(one -> settle(tx, one.mail(), sent));
            return mails;
        });
    }

    private void settle(Tx tx, Waiting mail, Sent sent) {
        switch (sent) {
            case Sent.Accepted accepted ->
                rows.settle(
                        tx, mail.id(), "sent", Optional.of(accepted.providerId()), Optional.empty(), Optional.empty());
            case Sent.Rejected rejected ->
                rows.settle(tx, mail.id(), "failed", Optional.empty(), Optional.of(rejected.reason()), Optional.empty());
            case Sent.Unavailable unavailable -> {
                Optional<Instant> again = Optional.of(
                                tx.now().plus(FIRST_PAUSE.multipliedBy(1L << (mail.tries() - 1))))
                        .filter(at -> mail.tries() < TRIES_MAX);
                rows.settle(
                        tx,
                        mail.id(),
                        again.isPresent() ? "queued" : "failed",
                        Optional.empty(),
                        Optional.of(unavailable.reason()),
                        again);
            }
        }
    }
}
