package dev.millrace.erp.message;

import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.MailSender;
import dev.millrace.erp.WhatsAppSender;
import dev.millrace.erp.WhatsAppSender.Content;
import dev.millrace.erp.core.Letter;
import dev.millrace.erp.core.NotificationRows;
import dev.millrace.erp.message.Recipients.Found;
import dev.millrace.erp.message.Recipients.Recipient;
import dev.millrace.erp.message.SendNotification.Answer;
import dev.millrace.erp.message.SendNotification.Config;
import dev.millrace.erp.message.SendNotification.Delivery;
import dev.millrace.erp.message.SendNotification.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Hands one message to the sender of its channel, for every recipient. */
final class Dispatch {
    private final Transactions transactions;
    private final Letter letter;
    private final WhatsAppSender whatsApp;
    private final Supplier<UUID> ids;
    private final NotificationRows rows = new NotificationRows();

    Dispatch(Transactions transactions, Letter letter, WhatsAppSender whatsApp, Supplier<UUID> ids) {
        this.transactions = transactions;
        this.letter = letter;
        this.whatsApp = whatsApp;
        this.ids = ids;
    }

    /**
     * What is to be sent.
     *
     * @param step the key of the step
     */
    record Order(UUID tenant, String step, Config config, Message message, Found found) {
        /** Goes by the recipient and not by the place in the list, which may be another one at the next try. */
        String key(Recipient recipient) {
            return step + "/"
                    + recipient
                            .member()
                            .map(UUID::toString)
                            .or(recipient::address)
                            .orElseThrow();
        }

        Delivery delivery(Recipient recipient, Optional<String> providerId) {
            return new Delivery(recipient.member(), recipient.address(), providerId, key(recipient));
        }
    }

    /** Written when the step is recorded, and nothing before. */
    Answer inApp(Order order) {
        return new Answer(
                order.message(),
                order.found().reached().stream()
                        .map(recipient -> order.delivery(recipient, Optional.empty()))
                        .toList(),
                order.found().skipped());
    }

    /** All or none where the provider is away: the retry repeats every one under the same Message-ID. */
    Answer mail(Order order) {
        var delivered = new ArrayList<Delivery>();
        var skipped = new ArrayList<>(order.found().skipped());
        for (Recipient recipient : order.found().reached()) {
            String address = recipient.address().orElseThrow();
            MailSender.Sent sent = letter.send(
                    address,
                    order.message().subject().orElse(""),
                    order.message().body().orElse(""),
                    order.config().link(),
                    order.key(recipient));
            switch (sent) {
                case MailSender.Sent.Accepted accepted ->
                    delivered.add(order.delivery(recipient, Optional.of(accepted.providerId())));
                case MailSender.Sent.Rejected rejected -> skipped.add(address + ": " + rejected.reason());
                case MailSender.Sent.Unavailable unavailable ->
                    throw ActionFailure.retryable(
                            "provider_unavailable",
                            "The mail server could not take the message: " + unavailable.reason());
            }
        }
        return reached(order, delivered, skipped, "The mail server refused every address: ");
    }

    /**
     * WhatsApp does not know a repeated message, so each that it took is written at once: the retry leaves it out. Only a
     * node that dies between the answer and that row sends twice.
     */
    Answer whatsApp(Order order) {
        List<Recipient> all = order.found().reached();
        Map<String, String> sent = transactions.run(
                order.tenant(), tx -> rows.sent(tx, all.stream().map(order::key).toList()));
        var delivered = new ArrayList<Delivery>();
        var skipped = new ArrayList<>(order.found().skipped());
        for (Recipient recipient : all) {
            String key = order.key(recipient);
            if (sent.containsKey(key)) {
                delivered.add(order.delivery(recipient, Optional.ofNullable(sent.get(key))));
                continue;
            }
            String number = recipient.address().orElseThrow();
            switch (whatsApp.send(new WhatsAppSender.Message(number, content(order), order.tenant() + "/" + key))) {
                case WhatsAppSender.Sent.Accepted accepted ->
                    delivered.add(written(order, order.delivery(recipient, Optional.of(accepted.providerId()))));
                case WhatsAppSender.Sent.Rejected rejected -> skipped.add(number + ": " + rejected.reason());
                case WhatsAppSender.Sent.RateLimited limited ->
                    throw ActionFailure.retryable("rate_limited", limited.reason());
                case WhatsAppSender.Sent.Unavailable unavailable ->
                    throw ActionFailure.retryable("provider_unavailable", unavailable.reason());
            }
        }
        return reached(order, delivered, skipped, "WhatsApp refused every number: ");
    }

    private Content content(Order order) {
        if (order.message().approved().isPresent()) {
            return order.message().approved().get();
        }
        String link = order.config()
                .link()
                .map(path -> "\n\n" + (path.startsWith("/") ? letter.publicUrl() + path : path))
                .orElse("");
        return new Content.Text(order.message().body().orElse("") + link);
    }

    private Delivery written(Order order, Delivery delivery) {
        transactions.run(order.tenant(), tx -> {
            rows.insert(tx, ids.get(), draft(order.config(), order.message(), delivery));
            return delivery.key();
        });
        return delivery;
    }

    private static Answer reached(Order order, List<Delivery> delivered, List<String> skipped, String refused) {
        if (delivered.isEmpty()) {
            throw ActionFailure.permanent("provider_rejected", refused + String.join("; ", skipped));
        }
        return new Answer(order.message(), delivered, skipped);
    }

    static NotificationRows.Draft draft(Config config, Message message, Delivery delivery) {
        return new NotificationRows.Draft(
                config.channel().name().toLowerCase(Locale.ROOT),
                delivery.member(),
                delivery.address(),
                message.subject(),
                message.body(),
                config.template(),
                config.variables().map(variables -> Json.write(Json.tree(variables))),
                config.link(),
                "sent",
                delivery.providerId(),
                Optional.of(delivery.key()));
    }
}
