package dev.millrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.engine.Json;
import dev.millrace.server.demo.Screen.Line;
import dev.millrace.server.demo.Story.Document;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StoryTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

    /** The id tells what it is: {@code order big 1}. */
    private final Story story = new Story(new Story.Lookups() {
        @Override
        public Document order(String id) {
            return document("purchase_order", id);
        }

        @Override
        public Document byExecution(String executionId) {
            String id = executionId.replace("run of ", "");
            return document(
                    id.startsWith("order")
                            ? "purchase_order"
                            : id.startsWith("bill") ? "supplier_invoice" : "payment_run",
                    id);
        }

        private Document document(String type, String id) {
            String total = id.contains("big") ? "2600000" : id.contains("middle") ? "900000" : "1000";
            return new Document(type, id, "No " + id, "Deccan Steel", new BigDecimal(total), "Rohan");
        }
    });

    @Test
    void a_large_order_is_told_of_when_it_is_locked_with_who_decided() {
        var lines = tell(
                run("workflow.awaiting_approval", "order big", "Millrace", ""),
                run("workflow.approval_granted", "order big", "Meera", ""),
                of("purchase_order.approved", "purchase_order", "order big", "Millrace", ""));

        assertThat(lines).extracting(Line::verb).containsExactly(Verb.APPROVED);
        assertThat(lines.getFirst().text()).isEqualTo("by Meera; locked, Deccan Steel may deliver");
        assertThat(story.rest()).isEmpty();
    }

    @Test
    void a_cancelled_order_gives_the_reason() {
        var lines = tell(of(
                "purchase_order.cancelled", "purchase_order", "order big", "Millrace", "Rejected by Meera: too dear"));

        assertThat(lines.getFirst().text()).isEqualTo("Rejected by Meera: too dear");
    }

    @Test
    void an_escalation_says_why() {
        var lines = tell(
                run(
                        "workflow.escalated",
                        "order big",
                        "Millrace",
                        "Nobody of Finance Head may decide this; CFO is asked"),
                run("workflow.escalated", "order middle", "Millrace", "No answer"));

        assertThat(lines)
                .extracting(Line::text)
                .containsExactly(
                        "to the CFO: Rohan does not decide on a request of her own", "to the CFO: no answer in time");
    }

    @Test
    void what_is_not_large_is_told_of_together_and_none_is_lost() {
        var entries = new ArrayList<ObjectNode>();
        for (int n = 0; n < 8; n++) {
            entries.add(of("purchase_order.approved", "purchase_order", "order small " + n, "Millrace", ""));
        }
        entries.add(of("purchase_order.approved", "purchase_order", "order middle", "Millrace", ""));

        assertThat(tell(entries.toArray(ObjectNode[]::new))).isEmpty();

        var rest = story.rest();
        assertThat(rest).extracting(Line::subject).containsExactly("8 orders", "1 order");
        assertThat(rest).extracting(line -> line.amount().intValue()).containsExactly(8000, 900000);
        assertThat(story.rest()).isEmpty();
    }

    @Test
    void invoices_are_counted_by_what_became_of_them() {
        assertThat(tell(
                        received("bill 1", "A-1 of Deccan Steel, ₹100.50"),
                        received("bill 2", "A-2 of Deccan Steel, ₹200.00"),
                        received("bill 3", "A-1 of Deccan Steel, ₹100.50, repeats an invoice that is there"),
                        bill("supplier_invoice.released", "bill 1", "released by the workflow, journal JV/1"),
                        bill("supplier_invoice.held", "bill 2", "receipt: 10 pieces missing"),
                        bill("supplier_invoice.freed", "bill 2", "goods came"),
                        bill("supplier_invoice.released", "bill 2", "released by the workflow, journal JV/2"),
                        bill("supplier_invoice.rejected", "bill 3", "A-1 is there already")))
                .isEmpty();

        assertThat(story.rest())
                .extracting(Line::subject, line -> line.amount().toPlainString(), Line::verb)
                .containsExactly(
                        tuple("1 invoice", "100.50", Verb.POSTED),
                        tuple("1 invoice", "200.00", Verb.ON_HOLD),
                        tuple("1 invoice", "200.00", Verb.POSTED),
                        tuple("1 invoice", "100.50", Verb.REFUSED));
    }

    @Test
    void a_difference_is_told_once_by_the_decision_and_not_again_by_what_follows() {
        var lines = tell(
                received("bill big", "B-1 of Deccan Steel, ₹26,00,000.00"),
                run("workflow.approval_rejected", "bill big", "Meera", "Please bill what we ordered."),
                bill("supplier_invoice.rejected", "bill big", "Rejected by Meera: Please bill what we ordered."));

        assertThat(lines).extracting(Line::text).containsExactly("by Meera: Please bill what we ordered.");
        assertThat(story.rest()).isEmpty();
    }

    @Test
    void a_payment_run_is_told_of_from_its_proposal_to_its_payment() {
        var lines = tell(
                of("payment_run.proposed", "payment_run", "7", "Suresh", "PR/1, 33 payments, ₹1,000.00"),
                run("workflow.approval_granted", "7", "Meera", ""),
                run("workflow.approval_granted", "7", "Arjun", ""),
                of("payment_run.released", "payment_run", "7", "Millrace", "PR/1, approved by 2"));

        assertThat(lines).extracting(Line::verb).containsExactly(Verb.PROPOSED, Verb.SIGNED, Verb.SIGNED, Verb.PAID);
        assertThat(lines.getFirst().text()).isEqualTo("by Suresh: 33 payments");
        assertThat(lines.getLast().amount()).isEqualByComparingTo("1000");
    }

    private List<Line> tell(ObjectNode... entries) {
        var lines = new ArrayList<Line>();
        for (ObjectNode entry : entries) {
            lines.addAll(story.tell(entry, AT));
        }
        return lines;
    }

    private static ObjectNode received(String id, String comment) {
        return of("supplier_invoice.received", "supplier_invoice", id, "Suresh", comment);
    }

    private static ObjectNode bill(String type, String id, String comment) {
        return of(type, "supplier_invoice", id, "Millrace", comment);
    }

    private static ObjectNode of(String type, String resourceType, String id, String actor, String comment) {
        ObjectNode entry = Json.object()
                .put("type", type)
                .put("resource_type", resourceType)
                .put("resource_id", id);
        entry.putObject("actor").put("name", actor);
        return entry.putNull("execution_id").put("comment", comment);
    }

    private static ObjectNode run(String type, String document, String actor, String comment) {
        return of(type, "approval", "request", actor, comment).put("execution_id", "run of " + document);
    }
}
