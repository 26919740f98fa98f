package dev.millrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.server.demo.Screen.Line;
import dev.millrace.server.demo.Story.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StoryTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

    private final Story story = new Story(new Story.Orders() {
        @Override
        public Order byId(String id) {
            return new Order("PO-" + id, "Deccan Steel", new BigDecimal(id.startsWith("big") ? "900000" : "1000"));
        }

        @Override
        public Order byExecution(String executionId) {
            return byId(executionId.replace("run of ", ""));
        }
    });

    @Test
    void a_large_order_is_told_of_from_its_raising_to_its_locking() {
        var lines = tell(
                of("purchase_order.submitted", "purchase_order", "big1", "Rohan"),
                run("workflow.awaiting_approval", "big1", "Millrace", ""),
                run("workflow.approval_granted", "big1", "Meera", ""),
                of("purchase_order.approved", "purchase_order", "big1", "Millrace"));

        assertThat(lines).extracting(Line::verb).containsExactly(Verb.RAISED, Verb.ASKED, Verb.APPROVED, Verb.LOCKED);
        assertThat(lines.getFirst().text()).isEqualTo("Deccan Steel, by Rohan");
    }

    @Test
    void a_rejection_gives_the_reason() {
        var lines = tell(run("workflow.approval_rejected", "big1", "Meera", "Two quotes are missing."));

        assertThat(lines.getFirst().text()).isEqualTo("by Meera: Two quotes are missing.");
    }

    @Test
    void a_request_of_her_own_is_told_as_passed_on_and_not_as_asked() {
        var lines = tell(
                run("workflow.escalated", "big1", "Millrace", "Nobody of Finance Head may decide this; CFO is asked"),
                run("workflow.awaiting_approval", "big1", "Millrace", ""));

        assertThat(lines).extracting(Line::verb).containsExactly(Verb.ESCALATED);
        assertThat(lines.getFirst().text()).contains("of their own");
    }

    @Test
    void small_orders_are_told_of_together_and_none_is_lost() {
        var entries = new ArrayList<ObjectNode>();
        for (int n = 0; n < 8; n++) {
            entries.add(of("purchase_order.submitted", "purchase_order", "small" + n, "Rohan"));
            entries.add(of("purchase_order.approved", "purchase_order", "small" + n, "Millrace"));
        }

        var lines = new ArrayList<>(tell(entries.toArray(ObjectNode[]::new)));
        lines.addAll(story.rest());

        assertThat(lines).extracting(Line::subject).containsExactly("6 orders", "2 orders");
        assertThat(lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("8000");
    }

    private List<Line> tell(ObjectNode... entries) {
        var lines = new ArrayList<Line>();
        for (ObjectNode entry : entries) {
            lines.addAll(story.tell(entry, AT));
        }
        return lines;
    }

    private static ObjectNode of(String type, String resourceType, String id, String actor) {
        ObjectNode entry = Json.object()
                .put("type", type)
                .put("resource_type", resourceType)
                .put("resource_id", id);
        entry.putObject("actor").put("name", actor);
        return entry.putNull("execution_id").putNull("comment");
    }

    private static ObjectNode run(String type, String order, String actor, String comment) {
        return of(type, "approval", "request", actor)
                .put("execution_id", "run of " + order)
                .put("comment", comment);
    }
}
