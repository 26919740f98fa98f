package dev.millrace.erp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.Channels;
import dev.millrace.erp.MailSender;
import dev.millrace.erp.MessageTemplate.Approved;
import dev.millrace.erp.MessageTemplate.Text;
import dev.millrace.erp.MessageTemplates.Put;
import dev.millrace.erp.Notification;
import dev.millrace.erp.Step;
import dev.millrace.erp.WhatsAppCloud;
import dev.millrace.erp.WhatsAppSender;
import dev.millrace.erp.World;
import dev.millrace.erp.message.SendNotification.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** WhatsApp messages against the Cloud API as it is documented. */
class WhatsAppTest {
    private final CloudApi api = new CloudApi();
    private final World world =
            new World(Channels.only(MailSender.SANDBOX).with(new WhatsAppCloud(api.url(), CloudApi.TOKEN)));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void a_text_goes_out_as_the_cloud_api_wants_it_and_is_written_with_its_id() {
        send(config(List.of("+919820000001"), Optional.of("PO/1 is ready"), Optional.empty(), Map.of()));

        JsonNode sent = api.taken().getFirst();
        assertThat(sent.path("messaging_product").asString()).isEqualTo("whatsapp");
        assertThat(sent.path("recipient_type").asString()).isEqualTo("individual");
        assertThat(sent.path("to").asString()).isEqualTo("919820000001");
        assertThat(sent.path("type").asString()).isEqualTo("text");
        assertThat(sent.at("/text/body").asString())
                .isEqualTo("PO/1 is ready\n\nhttps://erp.example/purchase-orders/1");
        assertThat(outbox()).singleElement().satisfies(message -> {
            assertThat(message.status()).isEqualTo("sent");
            assertThat(message.providerId()).contains("wamid.HBgM1");
        });
    }

    @Test
    void a_template_of_the_company_fills_the_places_of_the_approved_one_in_order() {
        put(
                "order_ready",
                new Text(
                        List.of("po", "amount"),
                        Optional.empty(),
                        "Order {{ po }} over {{ amount | money }} is ready, {{ tenant.name }}",
                        Optional.of(
                                new Approved("order_ready_v2", "en_US", List.of("{{ po }}", "{{ amount | money }}")))));
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        variables.put("amount", Json.read("118000.00"));
        variables.put("po", StringNode.valueOf("PO/1"));

        send(config(List.of("+919820000001"), Optional.empty(), Optional.of("order_ready"), variables));

        JsonNode template = api.taken().getFirst().path("template");
        assertThat(template.path("name").asString()).isEqualTo("order_ready_v2");
        assertThat(template.at("/language/code").asString()).isEqualTo("en_US");
        assertThat(template.at("/components/0/type").asString()).isEqualTo("body");
        assertThat(template.at("/components/0/parameters/0"))
                .isEqualTo(Json.read("{\"type\": \"text\", \"text\": \"PO/1\"}"));
        assertThat(template.at("/components/0/parameters/1/text").asString()).contains("1,18,000.00");
        assertThat(outbox().getFirst().body().orElseThrow()).contains("Order PO/1 over", "is ready, Test");
    }

    @Test
    void a_template_that_only_whatsapp_knows_is_filled_by_name() {
        send(config(
                List.of("+919820000001"),
                Optional.empty(),
                Optional.of("stock_critical"),
                Map.of("item", StringNode.valueOf("Bolts"))));

        assertThat(api.taken().getFirst().at("/template/components/0/parameters/0"))
                .isEqualTo(Json.read("{\"type\": \"text\", \"parameter_name\": \"item\", \"text\": \"Bolts\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, 4, rate_limited, true",
        "400, 80007, rate_limited, true",
        "400, 130429, rate_limited, true",
        "400, 131048, rate_limited, true",
        "400, 131056, rate_limited, true",
        "429, 0, rate_limited, true",
        "500, 131000, provider_unavailable, true",
        "503, 2, provider_unavailable, true",
        "400, 131016, provider_unavailable, true",
        "401, 190, provider_rejected, false",
        "400, 131026, provider_rejected, false",
        "400, 131030, provider_rejected, false",
        "400, 131047, provider_rejected, false",
        "404, 132001, provider_rejected, false",
        "400, 132000, provider_rejected, false"
    })
    void what_the_provider_answers_is_tried_again_where_that_may_help(
            int status, int code, String failure, boolean again) {
        api.fails(status, code, "no", "because");

        ActionFailure failed = failure(config(List.of("+919820000001"), Optional.of("x"), Optional.empty(), Map.of()));

        assertThat(failed.code()).isEqualTo(failure);
        assertThat(failed.isRetryable()).isEqualTo(again);
        assertThat(failed).hasMessageContaining("(because)");
        assertThat(world.count("notifications")).isZero();
    }

    @Test
    void a_retry_sends_only_to_those_who_have_nothing_yet() {
        var config = config(
                List.of("+919820000001", "+919820000002", "+919820000003"),
                Optional.of("x"),
                Optional.empty(),
                Map.of());
        var calls = new AtomicInteger();
        var flaky = new World(Channels.only(MailSender.SANDBOX)
                .with(message -> calls.incrementAndGet() == 2
                        ? new WhatsAppSender.Sent.Unavailable("down")
                        : new WhatsAppSender.Sent.Accepted("wamid." + calls.get())));
        var flakyStep = new Step(flaky);
        var flakyAction = flakyStep.action(SendNotification.class);

        ActionFailure first = catchThrowableOfType(ActionFailure.class, () -> flakyAction.call(flakyStep, config));
        assertThat(first.code()).isEqualTo("provider_unavailable");
        assertThat(flaky.count("notifications")).isEqualTo(1);
        var answer = flakyAction.call(flakyStep, config);
        SendNotification.Output output = flaky.run(tx -> flakyAction.record(tx, flakyStep, config, answer));

        assertThat(calls).hasValue(4);
        assertThat(output.recipients()).isEqualTo(3);
        assertThat(flaky.count("notifications")).isEqualTo(3);
    }

    @Test
    void who_is_refused_is_left_out_and_named() {
        api.fails(400, 131030, "Recipient phone number not in allowed list", "not allowed");

        SendNotification.Output output =
                send(config(List.of("+919820000009", "+919820000008"), Optional.of("x"), Optional.empty(), Map.of()));

        assertThat(output.recipients()).isEqualTo(1);
        assertThat(output.skipped()).singleElement().asString().startsWith("+919820000009: WhatsApp answered 400");
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void what_became_of_a_message_is_written_once_and_never_backwards() {
        send(config(List.of("+919820000001"), Optional.of("x"), Optional.empty(), Map.of()));
        JsonNode sent = api.taken().getFirst();
        String reference = sent.path("biz_opaque_callback_data").asString();
        var reports = world.erp.whatsAppReports();

        assertThat(reports.take(status("wamid.HBgM1", "sent", reference, "[]"))).isZero();
        assertThat(reports.take(status("wamid.HBgM1", "delivered", reference, "[]")))
                .isEqualTo(1);
        assertThat(reports.take(status("wamid.HBgM1", "delivered", reference, "[]")))
                .isZero();
        assertThat(outbox().getFirst().status()).isEqualTo("delivered");
        assertThat(reports.take(status("wamid.HBgM1", "read", reference, "[]"))).isEqualTo(1);
        assertThat(outbox().getFirst().readAt()).isPresent();
        assertThat(reports.take(status("wamid.HBgM1", "failed", reference, "[]")))
                .isZero();
        assertThat(outbox().getFirst().status()).isEqualTo("delivered");
    }

    @Test
    void a_message_that_did_not_get_there_says_why() {
        send(config(List.of("+919820000001"), Optional.of("x"), Optional.empty(), Map.of()));
        String reference =
                api.taken().getFirst().path("biz_opaque_callback_data").asString();

        int changed = world.erp
                .whatsAppReports()
                .take(
                        status(
                                "wamid.HBgM1",
                                "failed",
                                reference,
                                "[{\"code\": 131026, \"title\": \"Message undeliverable\", \"error_data\": {\"details\": \"no such user\"}}]"));

        assertThat(changed).isEqualTo(1);
        assertThat(outbox()).singleElement().satisfies(message -> {
            assertThat(message.status()).isEqualTo("failed");
            assertThat(message.error()).contains("WhatsApp could not deliver it: Message undeliverable (no such user)");
        });
    }

    @Test
    void reports_about_other_things_and_other_companies_change_nothing() {
        send(config(List.of("+919820000001"), Optional.of("x"), Optional.empty(), Map.of()));
        World other = new World();
        var reports = world.erp.whatsAppReports();

        assertThat(reports.take(status("wamid.HBgM1", "delivered", other.tenant + "/x", "[]")))
                .isZero();
        assertThat(reports.take(status("wamid.HBgM1", "delivered", "nonsense", "[]")))
                .isZero();
        assertThat(reports.take(status("wamid.unknown", "delivered", world.tenant + "/x", "[]")))
                .isZero();
        assertThat(reports.take(Json.read("{\"entry\": [{\"changes\": [{\"value\": {\"messages\": []}}]}]}")))
                .isZero();
        assertThat(reports.take(Json.read("[]"))).isZero();
        assertThat(outbox().getFirst().status()).isEqualTo("sent");
    }

    /** As the documentation shows it. */
    private static JsonNode status(String id, String status, String reference, String errors) {
        return Json.read("""
                {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{"field": "messages",
                  "value": {"messaging_product": "whatsapp",
                    "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
                    "statuses": [{"id": "%s", "status": "%s", "timestamp": "1750030073", "recipient_id": "919820000001",
                      "biz_opaque_callback_data": "%s", "errors": %s}]}}]}]}
                """.formatted(id, status, reference, errors));
    }

    private void put(String name, Text text) {
        Put put = world.run(tx -> world.erp.messageTemplates(world.trail()).put(tx, name, text, world.requester()));
        assertThat(put).isInstanceOf(Put.Done.class);
    }

    private List<Notification> outbox() {
        return world.run(tx -> world.erp.inbox().outbox(tx, Optional.empty(), 10));
    }

    private static SendNotification.Config config(
            List<String> to, Optional<String> body, Optional<String> template, Map<String, JsonNode> variables) {
        return new SendNotification.Config(
                Channel.WHATSAPP,
                Optional.of(to),
                Optional.empty(),
                Optional.empty(),
                body,
                template,
                Optional.of(variables),
                Optional.of("/purchase-orders/1"));
    }

    private SendNotification.Output send(SendNotification.Config config) {
        var step = new Step(world);
        var action = step.action(SendNotification.class);
        var answer = action.call(step, config);
        return world.run(tx -> action.record(tx, step, config, answer));
    }

    private ActionFailure failure(SendNotification.Config config) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, () -> send(config));
        assertThat(failure).isNotNull();
        return failure;
    }
}
