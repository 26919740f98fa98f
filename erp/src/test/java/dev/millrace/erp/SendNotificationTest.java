package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.message.SendNotification;
import dev.millrace.erp.message.SendNotification.Channel;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class SendNotificationTest {
    private static final GreenMail SERVER = new GreenMail(ServerSetup.SMTP.dynamicPort());

    private final World sandbox = new World();
    private final World configured = new World(
            new SmtpMailSender("127.0.0.1", SERVER.getSmtp().getPort(), null, null, "erp@acme.example", false));

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    @Test
    void in_app_messages_are_written_when_the_step_is_recorded_and_only_then() {
        var step = new Step(sandbox);
        var action = step.action(SendNotification.class);
        var config =
                config(Channel.IN_APP, List.of(sandbox.member("requester").id().toString()), "PO/1 is approved");

        SendNotification.Answer answer = action.call(step, config);
        assertThat(sandbox.count("notifications")).isZero();
        SendNotification.Output output = sandbox.run(tx -> action.record(tx, step, config, answer));
        sandbox.run(tx -> action.record(tx, step, config, action.call(step, config)));

        assertThat(output.recipients()).isEqualTo(1);
        assertThat(inbox(sandbox, "requester")).singleElement().satisfies(told -> {
            assertThat(told.id()).hasToString(output.messageIds().getFirst());
            assertThat(told.body()).contains("PO/1 is approved");
            assertThat(told.status()).isEqualTo("sent");
        });
    }

    @Test
    void a_role_reaches_its_active_members_and_nobody_else() {
        var config = new SendNotification.Config(
                Channel.IN_APP,
                Optional.empty(),
                Optional.of("Finance Head"),
                Optional.empty(),
                Optional.of("look"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("/approvals"));

        SendNotification.Output output = send(sandbox, config);

        assertThat(output.recipients()).isEqualTo(1);
        assertThat(inbox(sandbox, "finance.head")).hasSize(1);
        assertThat(inbox(sandbox, "admin")).isEmpty();
    }

    @Test
    void without_a_provider_mail_and_whatsapp_stay_in_the_visible_outbox() {
        send(sandbox, config(Channel.EMAIL, List.of("ap1@supplier.example"), "Please deliver"));
        send(
                sandbox,
                new SendNotification.Config(
                        Channel.WHATSAPP,
                        Optional.of(List.of(
                                "+919820000001",
                                sandbox.member("warehouse").id().toString())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("order_ready"),
                        Optional.of(Map.of("po", StringNode.valueOf("PO/1"))),
                        Optional.empty()));

        List<Notification> outbox = sandbox.run(tx -> sandbox.erp.inbox().outbox(tx, Optional.empty(), 10));
        assertThat(outbox)
                .allSatisfy(message -> {
                    assertThat(message.status()).isEqualTo("sent");
                    assertThat(message.providerId()).contains("sandbox");
                })
                .extracting(message -> message.address().orElse(""))
                .containsExactly("+919820012345", "+919820000001", "ap1@supplier.example");
    }

    @Test
    void mail_goes_out_by_smtp_with_the_step_as_its_message_id() throws Exception {
        var config = new SendNotification.Config(
                Channel.EMAIL,
                Optional.of(List.of("ap1@supplier.example", "nonsense")),
                Optional.empty(),
                Optional.of("Order\r\nBcc: x@y.example PO/1"),
                Optional.of("Bitte liefern: Grüße"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("/purchase-orders/1"));

        SendNotification.Output output = send(configured, config);
        new Step(configured).action(SendNotification.class).call(new Step(configured), config);

        MimeMessage[] received = SERVER.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getAllRecipients()).hasSize(1);
        assertThat(received[0].getSubject()).isEqualTo("Order Bcc: x@y.example PO/1");
        assertThat(received[0].getContent().toString())
                .contains("Grüße")
                .contains("https://erp.example/purchase-orders/1");
        assertThat(received[0].getMessageID())
                .isEqualTo(received[1].getMessageID())
                .startsWith("<00000000-0000-0009-0000-000000000009/tell.on_error.0./ap1.supplier.example@");
        assertThat(GreenMailUtil.getHeaders(received[0])).contains("From: erp@acme.example");
        assertThat(output.recipients()).isEqualTo(1);
        assertThat(output.skipped()).containsExactly("Expected an e-mail address or a member's id but got 'nonsense'");
    }

    @Test
    void a_mail_server_that_is_away_is_worth_another_try_and_leaves_no_row() {
        // Nothing listens on port 1.
        var away = new World(new SmtpMailSender("127.0.0.1", 1, null, null, "a@b.example", false));

        ActionFailure failure = failure(away, config(Channel.EMAIL, List.of("ap1@supplier.example"), "x"));

        assertThat(failure.code()).isEqualTo("provider_unavailable");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(away.count("notifications")).isZero();
    }

    @Test
    void a_refusal_by_the_mail_server_is_final() {
        var strict = new World(mail -> new MailSender.Sent.Rejected("550 no such mailbox"));

        ActionFailure failure = failure(strict, config(Channel.EMAIL, List.of("ap1@supplier.example"), "x"));

        assertThat(failure.code()).isEqualTo("provider_rejected");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure).hasMessageContaining("550 no such mailbox");
    }

    @Test
    void bad_and_missing_recipients_are_told_apart() {
        assertThat(failure(sandbox, config(Channel.IN_APP, List.of(new UUID(1, 1).toString()), "x"))
                        .code())
                .isEqualTo("recipient_invalid");
        assertThat(failure(sandbox, config(Channel.WHATSAPP, List.of("12345"), "x"))
                        .code())
                .isEqualTo("recipient_invalid");
        assertThat(failure(sandbox, config(Channel.EMAIL, List.of(), "x")).code())
                .isEqualTo("recipient_missing");
        var nobody = new SendNotification.Config(
                Channel.IN_APP,
                Optional.empty(),
                Optional.of("CFO"),
                Optional.empty(),
                Optional.of("x"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(failure(sandbox, nobody).code()).isEqualTo("recipient_missing");
    }

    @Test
    void incomplete_messages_and_foreign_links_are_refused() {
        var noSubject = new SendNotification.Config(
                Channel.EMAIL,
                Optional.of(List.of("a@b.example")),
                Optional.empty(),
                Optional.empty(),
                Optional.of("x"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var foreign = new SendNotification.Config(
                Channel.IN_APP,
                Optional.empty(),
                Optional.of("Admin"),
                Optional.empty(),
                Optional.of("x"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://evil.example/login"));

        assertThat(failure(sandbox, noSubject)).hasMessageContaining("Expected a subject");
        assertThat(failure(sandbox, foreign)).hasMessageContaining("Expected link to be a path");
        sandbox.run(tx -> sandbox.erp.webhookHosts(sandbox.trail()).add(tx, "evil.example", sandbox.requester()));
        assertThat(send(sandbox, foreign).recipients()).isEqualTo(1);
    }

    private static SendNotification.Config config(Channel channel, List<String> to, String body) {
        return new SendNotification.Config(
                channel,
                Optional.of(to),
                Optional.empty(),
                Optional.of("About an order"),
                Optional.of(body),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static SendNotification.Output send(World world, SendNotification.Config config) {
        var step = new Step(world);
        var action = step.action(SendNotification.class);
        SendNotification.Answer answer = action.call(step, config);
        return world.run(tx -> action.record(tx, step, config, answer));
    }

    private static ActionFailure failure(World world, SendNotification.Config config) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, () -> send(world, config));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static List<Notification> inbox(World world, String member) {
        return world.run(
                tx -> world.erp.inbox().notifications(tx, world.member(member).id(), false, Optional.empty(), 10));
    }
}
