package dev.millrace.erp.core;

import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.MailSender.Sent;
import dev.millrace.erp.core.Recipients.Found;
import dev.millrace.erp.core.Recipients.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Sends one message by e-mail, WhatsApp or in-app. The mail goes out in {@link #call}; what was sent, and every
 * in-app message, is written in {@link #record}: those exactly once.
 */
@Named(
        value = "erp.notification.send",
        module = "core",
        description = "Sends one message by e-mail, WhatsApp or in-app.",
        failures = {"recipient_invalid", "recipient_missing", "provider_unavailable", "provider_rejected"})
public final class SendNotification
        implements ExternalAction<SendNotification.Config, SendNotification.Answer, SendNotification.Output> {
    private static final String SANDBOX = "sandbox";

    private final Transactions transactions;
    private final TenantDirectory directory;
    private final Letter letter;
    private final Supplier<UUID> ids;
    private final NotificationRows rows = new NotificationRows();

    public SendNotification(Transactions transactions, TenantDirectory directory, Letter letter, Supplier<UUID> ids) {
        this.transactions = transactions;
        this.directory = directory;
        this.letter = letter;
        this.ids = ids;
    }

    /** The ways of a message. */
    public enum Channel {
        EMAIL,
        WHATSAPP,
        IN_APP
    }

    public record Config(
            @Describe("How it is sent") Channel channel,

            @Describe(
                    value = "E-mail addresses, numbers such as +919820012345, or members, by channel",
                    most = 100,
                    orSingle = true,
                    oneOf = "recipient")
            Optional<List<String>> to,

            @Describe(value = "Every active member of a role", as = Describe.As.ROLE, oneOf = "recipient")
            Optional<String> toRole,

            @Describe(value = "Needed by e-mail", least = 1, most = 200)
            Optional<String> subject,

            @Describe(value = "The text; e-mail and in-app need it", least = 1, most = 10_000)
            Optional<String> body,

            @Describe(value = "A named message template; WhatsApp outside a session needs one", least = 1, most = 200)
            Optional<String> template,

            @Describe("For the template") Optional<Map<String, JsonNode>> variables,

            @Describe(value = "A path in the web app", most = 2_000)
            Optional<String> link) {}

    /** What went out, and who was left out. */
    public record Answer(List<Delivery> deliveries, List<String> skipped) {
        public Answer {
            deliveries = List.copyOf(deliveries);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * @param providerId {@code sandbox} when nothing was sent anywhere; none for a message in the app
     * @param key the same for every try of this message to this recipient
     */
    public record Delivery(Optional<UUID> member, Optional<String> address, Optional<String> providerId, String key) {}

    public record Output(
            @Describe("Ids in the outbox") List<String> messageIds,
            @Describe("How many were reached") int recipients,
            @Describe("Who was not reached and why") List<String> skipped) {
        public Output {
            messageIds = List.copyOf(messageIds);
            skipped = List.copyOf(skipped);
        }
    }

    @Override
    public Answer call(ActionContext context, Config config) {
        refuseIncomplete(config);
        // A short transaction of its own: it is over before anything goes out.
        Found found = transactions.run(
                context.tenant().id(),
                tx -> Recipients.find(tx, config.channel(), config.to().orElse(List.of()), config.toRole(), directory));
        if (found.reached().isEmpty()) {
            throw nobody(config, found);
        }
        return switch (config.channel()) {
            case EMAIL -> mail(context, config, found);
            case WHATSAPP -> unsent(context, found, Optional.of(SANDBOX));
            case IN_APP -> unsent(context, found, Optional.empty());
        };
    }

    private void refuseIncomplete(Config config) {
        if (config.channel() == Channel.EMAIL && config.subject().isEmpty()) {
            throw ActionFailure.permanent("provider_rejected", "Expected a subject: an e-mail needs one");
        }
        if (config.channel() == Channel.WHATSAPP) {
            if (config.body().isEmpty() && config.template().isEmpty()) {
                throw ActionFailure.permanent("provider_rejected", "Expected body or template, but neither is given");
            }
        } else if (config.body().isEmpty()) {
            throw ActionFailure.permanent(
                    "provider_rejected",
                    "Expected body: named templates are for WhatsApp only, other channels need the text itself");
        }
        config.link().filter(link -> !letter.isOwn(link)).ifPresent(link -> {
            throw ActionFailure.permanent(
                    "provider_rejected",
                    "Expected link to be a path of the web app, such as /purchase-orders, but got '" + link + "'");
        });
    }

    private static ActionFailure nobody(Config config, Found found) {
        if (!found.skipped().isEmpty()) {
            return ActionFailure.permanent("recipient_invalid", String.join("; ", found.skipped()));
        }
        return ActionFailure.permanent(
                "recipient_missing",
                config.toRole()
                        .map(role -> "No active member holds the role '" + role + "': give it to someone")
                        .orElse("Expected somebody at to or to_role, but both are empty"));
    }

    private static Answer unsent(ActionContext context, Found found, Optional<String> providerId) {
        return new Answer(
                found.reached().stream()
                        .map(r -> new Delivery(r.member(), r.address(), providerId, key(context, r)))
                        .toList(),
                found.skipped());
    }

    /** All or none where the provider is away: the retry repeats every one under the same Message-ID. */
    private Answer mail(ActionContext context, Config config, Found found) {
        var delivered = new ArrayList<Delivery>();
        var skipped = new ArrayList<>(found.skipped());
        for (Recipient recipient : found.reached()) {
            String address = recipient.address().orElseThrow();
            Sent sent = letter.send(
                    address,
                    config.subject().orElse(""),
                    config.body().orElse(""),
                    config.link(),
                    key(context, recipient));
            switch (sent) {
                case Sent.Accepted accepted ->
                    delivered.add(new Delivery(
                            recipient.member(),
                            recipient.address(),
                            Optional.of(accepted.providerId()),
                            key(context, recipient)));
                case Sent.Rejected rejected -> skipped.add(address + ": " + rejected.reason());
                case Sent.Unavailable unavailable ->
                    throw ActionFailure.retryable(
                            "provider_unavailable",
                            "The mail server could not take the message: " + unavailable.reason());
            }
        }
        if (delivered.isEmpty()) {
            throw ActionFailure.permanent(
                    "provider_rejected", "The mail server refused every address: " + String.join("; ", skipped));
        }
        return new Answer(delivered, skipped);
    }

    @Override
    public Output record(Tx tx, ActionContext context, Config config, Answer answer) {
        var messageIds = new ArrayList<String>();
        for (Delivery delivery : answer.deliveries()) {
            rows.insert(tx, ids.get(), draft(config, delivery));
            messageIds.add(rows.byKey(tx, delivery.key()).toString());
        }
        return new Output(messageIds, messageIds.size(), answer.skipped());
    }

    private static NotificationRows.Draft draft(Config config, Delivery delivery) {
        return new NotificationRows.Draft(
                config.channel().name().toLowerCase(Locale.ROOT),
                delivery.member(),
                delivery.address(),
                config.subject(),
                config.body(),
                config.template(),
                config.variables().map(variables -> Json.write(Json.tree(variables))),
                config.link(),
                "sent",
                delivery.providerId(),
                Optional.of(delivery.key()));
    }

    /** Goes by the recipient and not by the place in the list, which may be another one at the next try. */
    private static String key(ActionContext context, Recipient recipient) {
        return context.idempotencyKey() + "/"
                + recipient.member().map(UUID::toString).or(recipient::address).orElseThrow();
    }
}
