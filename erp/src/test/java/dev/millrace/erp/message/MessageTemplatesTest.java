package dev.millrace.erp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.MessageTemplate;
import dev.millrace.erp.MessageTemplate.Approved;
import dev.millrace.erp.MessageTemplate.Text;
import dev.millrace.erp.MessageTemplates;
import dev.millrace.erp.MessageTemplates.Put;
import dev.millrace.erp.Notification;
import dev.millrace.erp.Step;
import dev.millrace.erp.World;
import dev.millrace.erp.message.SendNotification.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Named texts: saved, refused and sent. */
class MessageTemplatesTest {
    private final World world = new World();
    private final MessageTemplates templates = world.erp.messageTemplates(world.trail());

    @Test
    void a_text_is_kept_and_each_change_journaled() {
        Put made = put(text("Order {{ po }}"));
        Put same = put(text("Order {{ po }}"));
        Put changed = put(text("Your order {{ po }}"));
        boolean deleted = world.run(tx -> templates.delete(tx, "order_ready", world.requester()));

        assertThat(made)
                .isInstanceOfSatisfying(
                        Put.Done.class, done -> assertThat(done.isNew()).isTrue());
        assertThat(((Put.Done) same).template()).isEqualTo(((Put.Done) made).template());
        assertThat(((Put.Done) changed).template().version()).isEqualTo(2);
        assertThat(deleted).isTrue();
        assertThat(world.<List<MessageTemplate>>run(templates::list)).isEmpty();
        assertThat(world.trail)
                .containsExactly(
                        "Ravi Requester message_template.created - -: order_ready",
                        "Ravi Requester message_template.changed - -: order_ready",
                        "Ravi Requester message_template.deleted - -: order_ready");
    }

    @Test
    void a_name_that_is_no_variable_is_refused_with_its_place() {
        Put put = put(new Text(
                List.of("po"),
                Optional.of("Order {{ pos }}"),
                "For {{ tenant.name }}: {{ amount | money }} on {{ now | date }}",
                Optional.of(new Approved("order_ready", "en", List.of("{{ po }}", "{{ trigger.po }}")))));

        assertThat(((Put.Wrong) put).problems())
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactly("unknown_name subject", "unknown_name body", "unknown_name whatsapp.parameters[1]");
        assertThat(world.count("message_templates")).isZero();
        assertThat(world.trail).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_refused_too() {
        assertThat(codes(put(text("{{ po")))).containsExactly("template_syntax");
        assertThat(codes(put(text("{% for x in po %}{% endfor %}")))).contains("template_statement_not_allowed");
        assertThat(codes(put(new Text(List.of("Bad Name", "tenant"), Optional.empty(), "x", Optional.empty()))))
                .containsExactly("out_of_range", "out_of_range");
    }

    @Test
    void a_mail_takes_subject_and_text_from_the_template() {
        put(new Text(List.of("po"), Optional.of("Order {{ po }}"), "{{ po }} is ready.", Optional.empty()));

        send(Channel.EMAIL, "a@b.example", "order_ready", Map.of("po", StringNode.valueOf("PO/1")));

        List<Notification> outbox = world.run(tx -> world.erp.inbox().outbox(tx, Optional.empty(), 10));
        assertThat(outbox).singleElement().satisfies(message -> {
            assertThat(message.subject()).contains("Order PO/1");
            assertThat(message.body()).contains("PO/1 is ready.");
            assertThat(message.template()).contains("order_ready");
        });
    }

    @Test
    void a_missing_variable_template_or_subject_sends_nothing() {
        put(text("Order {{ po }}"));

        assertThat(failure(Channel.IN_APP, "order_ready", Map.of()).code()).isEqualTo("template_variable_missing");
        assertThat(failure(Channel.IN_APP, "order_raedy", Map.of()).code()).isEqualTo("template_unknown");
        assertThat(failure(Channel.EMAIL, "order_ready", Map.of("po", StringNode.valueOf("1"))))
                .hasMessageContaining("Expected a subject");
        assertThat(failure(Channel.IN_APP, "order_ready", Map.of("po", StringNode.valueOf("x".repeat(10_000))))
                        .code())
                .isEqualTo("provider_rejected");
        assertThat(world.count("notifications")).isZero();
    }

    @Test
    void a_variable_is_text_and_never_a_template_itself() {
        put(text("Order {{ po }}"));

        send(Channel.EMAIL, "a@b.example", "order_ready", Map.of("po", StringNode.valueOf("{{ tenant.name }}")), "s");

        List<Notification> outbox = world.run(tx -> world.erp.inbox().outbox(tx, Optional.empty(), 10));
        assertThat(outbox.getFirst().body()).contains("Order {{ tenant.name }}");
    }

    private static Text text(String body) {
        return new Text(List.of("po"), Optional.empty(), body, Optional.empty());
    }

    private Put put(Text text) {
        return world.run(tx -> templates.put(tx, "order_ready", text, world.requester()));
    }

    private static List<String> codes(Put put) {
        return ((Put.Wrong) put).problems().stream().map(InputProblem::code).toList();
    }

    private SendNotification.Output send(
            Channel channel, String to, String template, Map<String, JsonNode> variables, String... subject) {
        var step = new Step(world);
        var action = step.action(SendNotification.class);
        var config = new SendNotification.Config(
                channel,
                Optional.of(List.of(to)),
                Optional.empty(),
                subject.length == 0 ? Optional.empty() : Optional.of(subject[0]),
                Optional.empty(),
                Optional.of(template),
                Optional.of(variables),
                Optional.empty());
        var answer = action.call(step, config);
        return world.run(tx -> action.record(tx, step, config, answer));
    }

    private ActionFailure failure(Channel channel, String template, Map<String, JsonNode> variables) {
        String to = channel == Channel.EMAIL
                ? "a@b.example"
                : world.member("admin").id().toString();
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, () -> send(channel, to, template, variables));
        assertThat(failure).isNotNull();
        return failure;
    }
}
