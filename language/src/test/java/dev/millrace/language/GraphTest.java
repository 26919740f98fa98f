package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Graph.Edge;
import dev.millrace.language.Graph.Kind;
import dev.millrace.language.Graph.Node;
import dev.millrace.language.Graph.Way;
import dev.millrace.language.check.TestCatalogue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The picture of a definition. */
class GraphTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private final Graph graph = Graph.of(
            Checker.rebuild("""
                    workflow:
                      name: orders
                      trigger: { event: purchase_order.created }
                      steps:
                        - id: finance_head
                          action: erp.approval.request
                          condition: trigger.total_amount > 500000
                          config: { role: Finance Head }
                          on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
                          on_error:
                            - { action: erp.task.assign, config: { role: Accounts, title: Look } }
                            - { action: core.stop, config: { reason: refused } }
                        - id: lock
                          action: erp.purchase_order.lock
                          depends_on: finance_head
                          config: { purchase_order_id: "{{ trigger.id }}" }
                        - id: mail
                          action: erp.notification.send
                          depends_on: [finance_head, lock]
                          for_each: trigger.lines
                          config: { channel: email, to_role: Purchasing, subject: Locked, body: "{{ steps.lock.output.status }}" }
                          on_error: continue
                        - { id: gone, action: erp.unknown, depends_on: mail, config: {} }
                      on_failure: { action: erp.task.assign, config: { role: Accounts, title: Failed } }
                    """, CATALOGUE.actions()),
            CATALOGUE);

    private Node node(String id) {
        return graph.nodes().stream().filter(n -> n.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void nodes_come_in_the_order_of_the_text_with_deadlines_and_handlers_behind_their_step() {
        assertThat(graph.nodes())
                .extracting(Node::id)
                .containsExactly(
                        "trigger",
                        "finance_head",
                        "finance_head.on_timeout[0]",
                        "finance_head.on_error[0]",
                        "finance_head.on_error[1]",
                        "lock",
                        "mail",
                        "gone",
                        "on_failure[0]",
                        "workflow.end");
    }

    @Test
    void a_node_says_what_it_does_and_of_what_kind_its_action_is() {
        assertThat(node("trigger").label()).isEqualTo("When a purchase order is submitted for approval");
        assertThat(node("finance_head").label()).isEqualTo("Asks the Finance Head for approval");
        assertThat(node("finance_head").condition()).contains("trigger.total_amount > 500000");
        assertThat(node("finance_head").actionKind()).contains(ActionType.Kind.WAITING);
        assertThat(node("lock").actionKind()).contains(ActionType.Kind.LOCAL);
        assertThat(node("mail").actionKind()).contains(ActionType.Kind.EXTERNAL);
        assertThat(node("mail").forEach()).isTrue();
        assertThat(node("finance_head.on_timeout[0]").kind()).isEqualTo(Kind.DEADLINE);
        assertThat(node("finance_head.on_timeout[0]").after()).contains(Duration.ofHours(24));
        assertThat(node("on_failure[0]").kind()).isEqualTo(Kind.ON_FAILURE);
        assertThat(node("finance_head.on_error[1]").step()).contains("finance_head");
    }

    @Test
    void an_action_that_the_tenant_does_not_have_has_a_node_all_the_same() {
        assertThat(node("gone").action()).contains("erp.unknown");
        assertThat(node("gone").actionKind()).isEmpty();
        assertThat(node("gone").label()).isEqualTo("Runs the action “erp.unknown”");
    }

    @Test
    void edges_keep_every_dependency_and_say_when_they_are_taken() {
        assertThat(graph.edges())
                .containsExactlyInAnyOrder(
                        new Edge(
                                "trigger",
                                "finance_head",
                                Way.THEN,
                                "if the total amount is more than ₹5,00,000"),
                        new Edge("finance_head", "finance_head.on_timeout[0]", Way.ON_TIMEOUT, "after 24 hours"),
                        new Edge(
                                "finance_head",
                                "finance_head.on_error[0]",
                                Way.ON_ERROR,
                                "if it is rejected or expires"),
                        new Edge("finance_head.on_error[0]", "finance_head.on_error[1]", Way.THEN, ""),
                        new Edge("finance_head.on_error[1]", "workflow.end", Way.THEN, ""),
                        new Edge("finance_head", "lock", Way.THEN, ""),
                        new Edge("finance_head", "mail", Way.THEN, ""),
                        new Edge("lock", "mail", Way.THEN, ""),
                        new Edge("mail", "gone", Way.THEN, ""),
                        new Edge("mail", "gone", Way.ON_ERROR, "if it fails for good"),
                        new Edge("gone", "workflow.end", Way.THEN, ""),
                        new Edge("workflow.end", "on_failure[0]", Way.ON_FAILURE, "if it ends as failed"));
    }
}
