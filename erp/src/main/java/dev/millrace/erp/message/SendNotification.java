package dev.millrace.erp.message;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.MessageTemplate;
import dev.millrace.erp.WhatsAppSender;
import dev.millrace.erp.core.Letter;
import dev.millrace.erp.core.NotificationRows;
import dev.millrace.erp.core.TenantDirectory;
import dev.millrace.erp.message.Recipients.Found;
import dev.millrace.erp.message.Wording.Rendered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Sends one message by e-mail, WhatsApp or in-app. Mails and WhatsApp messages go out in {@link #call}; what was sent, and
 * every in-app message, is written in {@link #record}: those exactly once.
 */
@Named(
        value = "erp.notification.send",
        module = "core",
        description = "Sends one message by e-mail, WhatsApp or in-app.",
        failures = {
            "recipient_invalid",
            "recipient_missing",
            "provider_unavailable",
            "provider_rejected",
            "rate_limited",
            "template_unknown",
            "template_variable_missing"
        })
public final class SendNotification
        implements ExternalAction<SendNotification.Config, SendNotification.Answer, SendNotification.Output> {
    /** Longest subject and body after the variables are in, in characters. */
    private static final int SUBJECT_MOST = 200;

    private static final int BODY_MOST = 10_000;

    /** Of a template that only WhatsApp knows. */
    private static final String LANGUAGE = "en";

    private static final Pattern LINK = Pattern.compile("https://([A-Za-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#][!-~]*)?");

    private final Transactions transactions;
    private final TenantDirectory directory;
    private final Letter letter;
    private final Dispatch dispatch;
    private final Supplier<UUID> ids;
    private final NotificationRows rows = new NotificationRows();
    private final MessageTemplateRows templates = new MessageTemplateRows();

    public SendNotification(
            Transactions transactions,
            TenantDirectory directory,
            Letter letter,
            WhatsAppSender whatsApp,
            Supplier<UUID> ids) {
        this.transactions = transactions;
        this.directory = directory;
        this.letter = letter;
        this.dispatch = new Dispatch(transactions, letter, whatsApp, ids);
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

            @Describe(
                    value =
                            "A named message template, which gives subject and text; WhatsApp outside a session needs one",
                    least = 1,
                    most = 200)
            Optional<String> template,

            @Describe("For the template") Optional<Map<String, JsonNode>> variables,

            @Describe(
                    value = "A path in the web app, or an https address on a host that webhooks may call",
                    most = 2_000)
            Optional<String> link) {}

    /** What went out, and who was left out. */
    public record Answer(Message message, List<Delivery> deliveries, List<String> skipped) {
        public Answer {
            deliveries = List.copyOf(deliveries);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * What it says, the variables put in.
     *
     * @param approved the template of WhatsApp, with what fills it
     */
    public record Message(
            Optional<String> subject, Optional<String> body, Optional<WhatsAppSender.Content.Template> approved) {}

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

    private record Prepared(Found found, Optional<MessageTemplate> template, List<String> hosts, Instant now) {}

    @Override
    public Answer call(ActionContext context, Config config) {
        refuseIncomplete(config);
        // A short transaction of its own: it is over before anything goes out.
        Prepared prepared = transactions.run(context.tenant().id(), tx -> prepare(tx, config));
        config.link().ifPresent(link -> requireOwn(link, prepared.hosts()));
        if (prepared.found().reached().isEmpty()) {
            throw nobody(config, prepared.found());
        }
        Message message = compose(context, config, prepared);
        var order =
                new Dispatch.Order(context.tenant().id(), context.idempotencyKey(), config, message, prepared.found());
        return switch (config.channel()) {
            case EMAIL -> dispatch.mail(order);
            case WHATSAPP -> dispatch.whatsApp(order);
            case IN_APP -> dispatch.inApp(order);
        };
    }

    private Prepared prepare(Tx tx, Config config) {
        return new Prepared(
                Recipients.find(tx, config.channel(), config.to().orElse(List.of()), config.toRole(), directory),
                config.template().flatMap(name -> templates.find(tx, name)),
                directory.policies(tx).webhookHosts(),
                tx.now());
    }

    private static void refuseIncomplete(Config config) {
        if (config.body().isEmpty() && config.template().isEmpty()) {
            throw ActionFailure.permanent("provider_rejected", "Expected body or template, but neither is given");
        }
        if (config.channel() == Channel.EMAIL
                && config.subject().isEmpty()
                && config.template().isEmpty()) {
            throw ActionFailure.permanent("provider_rejected", "Expected a subject: an e-mail needs one");
        }
    }

    private void requireOwn(String link, List<String> hosts) {
        if (!letter.isOwn(link) && !isOn(link, hosts)) {
            throw ActionFailure.permanent(
                    "provider_rejected",
                    "Expected link to be a path of the web app, such as /purchase-orders, or an https address on a host"
                            + " that webhooks may call, but got '" + link + "'");
        }
    }

    private static boolean isOn(String link, List<String> hosts) {
        Matcher parts = LINK.matcher(link);
        return parts.matches() && hosts.contains(parts.group(1).toLowerCase(Locale.ROOT));
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

    private Message compose(ActionContext context, Config config, Prepared prepared) {
        Map<String, JsonNode> variables = config.variables().orElse(Map.of());
        if (config.template().isEmpty()) {
            return new Message(config.subject(), config.body(), Optional.empty());
        }
        String name = config.template().get();
        if (prepared.template().isEmpty()) {
            return ofWhatsApp(config, name, variables);
        }
        MessageTemplate.Text text = prepared.template().get().text();
        Rendered rendered = Wording.render(text, variables, context.tenant(), prepared.now());
        Optional<String> subject = config.subject().or(() -> text.subject().map(written -> rendered.subject()));
        if (config.channel() == Channel.EMAIL && subject.isEmpty()) {
            throw ActionFailure.permanent(
                    "provider_rejected",
                    "Expected a subject, at subject or in the message template '" + name + "': an e-mail needs one");
        }
        requireShort("subject", subject.orElse(""), SUBJECT_MOST);
        requireShort("body", rendered.body(), BODY_MOST);
        return new Message(
                subject,
                Optional.of(rendered.body()),
                text.whatsapp()
                        .map(approved -> new WhatsAppSender.Content.Template(
                                approved.name(),
                                approved.language(),
                                rendered.parameters().stream()
                                        .map(value -> new WhatsAppSender.Parameter(Optional.empty(), value))
                                        .toList())));
    }

    /** A name that the company has not set up is one of WhatsApp's own, whose places go by their names. */
    private static Message ofWhatsApp(Config config, String name, Map<String, JsonNode> variables) {
        if (config.channel() != Channel.WHATSAPP) {
            throw ActionFailure.permanent(
                    "template_unknown",
                    "Expected a message template of this company at template but got '" + name
                            + "': an administrator makes one");
        }
        var parameters = new ArrayList<WhatsAppSender.Parameter>();
        variables.forEach(
                (place, value) -> parameters.add(new WhatsAppSender.Parameter(Optional.of(place), value.asString(""))));
        return new Message(
                config.subject(),
                config.body(),
                Optional.of(new WhatsAppSender.Content.Template(name, LANGUAGE, parameters)));
    }

    private static void requireShort(String what, String text, int most) {
        if (text.length() > most) {
            throw ActionFailure.permanent(
                    "provider_rejected",
                    "Expected a " + what + " of at most " + most + " characters with the variables in it but got "
                            + text.length());
        }
    }

    @Override
    public Output record(Tx tx, ActionContext context, Config config, Answer answer) {
        var messageIds = new ArrayList<String>();
        for (Delivery delivery : answer.deliveries()) {
            rows.insert(tx, ids.get(), Dispatch.draft(config, answer.message(), delivery));
            messageIds.add(rows.byKey(tx, delivery.key()).toString());
        }
        return new Output(messageIds, messageIds.size(), answer.skipped());
    }
}
