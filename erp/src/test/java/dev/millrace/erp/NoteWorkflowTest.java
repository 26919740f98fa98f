package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A definition that reads rows and writes a remark, on the real engine. */
class NoteWorkflowTest {
    private static final Acme ACME = new Acme("""
            workflow:
              name: count-orders
              trigger: { event: purchase_order.created }
              steps:
                - id: open
                  action: erp.query.list
                  config:
                    entity: purchase_order
                    where: row.supplier_id == trigger.supplier_id and row.status in ['pending_approval', 'approved'] and row.created_at > (now | add_days(-30))
                    fields: [po_number, total_amount]
                - id: supplier
                  action: erp.query.get
                  config: { entity: supplier, id: "{{ trigger.supplier_id }}" }
                - id: note
                  action: erp.audit.note
                  depends_on: [open, supplier]
                  config:
                    entity_type: purchase_order
                    entity_id: "{{ trigger.id }}"
                    text: "{{ steps.supplier.output.supplier_code }} has {{ steps.open.output.total }} open orders of {{ steps.open.output.sums.total_amount }}"
            """);

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void the_remark_tells_what_was_read_and_its_entry_has_the_id_of_the_output() {
        UUID order = ACME.submit(Acme.order("1000")).order().id();
        ExecutionView execution = await().atMost(Duration.ofSeconds(30))
                .until(() -> finished(), Optional::isPresent)
                .orElseThrow();

        assertThat(execution.outcome()).contains("succeeded");
        String id = ACME.run(tx -> ACME.engine.executions().steps(tx, execution.id())).stream()
                .filter(step -> step.id().equals("note"))
                .flatMap(step -> step.output().stream())
                .map(output -> output.path("journal_id").asString())
                .findFirst()
                .orElseThrow();
        List<String> entries = ACME.run(tx -> tx.handle()
                .createQuery("""
                        select id || ' ' || type || ' ' || resource_id || ' ' || comment from workflow_journal
                         where tenant_id = :tenant and type = 'document.noted'
                        """)
                .bind("tenant", ACME.tenant)
                .mapTo(String.class)
                .list());
        assertThat(entries).containsExactly(id + " document.noted " + order + " S0001 has 1 open orders of 1180.00");
    }

    private static Optional<ExecutionView> finished() {
        return ACME.run(tx -> ACME.engine.executions().list(tx, ExecutionFilter.ALL, Optional.empty(), 10)).stream()
                .filter(view -> view.completedAt().isPresent())
                .findFirst();
    }
}
