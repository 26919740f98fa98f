package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The entries of an execution are chained in the transactions that write them. */
class ChainTest {
    private static final String BRANCHES = """
            workflow:
              name: branches
              trigger: { event: order.created }
              steps:
                - { id: first, action: core.set, config: { values: { a: "it's \\"é\\"" } } }
                - { id: left, action: trial.effect, depends_on: first, config: {} }
                - { id: right, action: trial.call, depends_on: first, config: {} }
                - { id: skipped, action: trial.effect, depends_on: first, condition: "{{ 1 > 2 }}", config: {} }
                - { id: ask, action: erp.approval.request, depends_on: [left, right], config: { role: Finance Head } }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    @Test
    void every_entry_is_linked_to_the_one_before_it_whoever_wrote_it() {
        company.enable(BRANCHES);
        UUID execution = company.start("1");
        company.approve(company.awaitRequest(execution), company.meera);
        company.awaitStatus(execution, "completed");

        assertThat(company.journal(execution)).startsWith("workflow.started").endsWith("workflow.completed");
        assertThat(broken(execution)).isEmpty();
        assertThat(headFits(execution)).isTrue();
    }

    @Test
    void a_cancelled_one_is_chained_to_its_end() {
        company.enable(BRANCHES);
        UUID execution = company.start("1");
        company.awaitRequest(execution);
        fixture.engine.executions().cancel(company.tenant, execution, Actor.SYSTEM, Optional.of("no longer needed"));

        assertThat(company.journal(execution)).endsWith("workflow.cancelled");
        assertThat(broken(execution)).isEmpty();
        assertThat(headFits(execution)).isTrue();
    }

    @Test
    void an_entry_that_was_changed_or_taken_out_no_longer_fits() {
        company.enable(BRANCHES);
        UUID execution = company.start("1");
        company.awaitRequest(execution);

        tamper(
                "update workflow_journal set actor_name = 'nobody' where execution_seq = 2 and execution_id = :e",
                execution);
        assertThat(broken(execution)).containsExactly(2);

        tamper("delete from workflow_journal where execution_seq = 2 and execution_id = :e", execution);
        assertThat(broken(execution)).containsExactly(3);
    }

    private List<Integer> broken(UUID execution) {
        return company.run(tx -> tx.handle()
                .createQuery("""
                        select execution_seq
                          from (select j.*, lag(link, 1, ''::bytea) over (order by execution_seq) as before_it,
                                       row_number() over (order by execution_seq) as place
                                  from workflow_journal j
                                 where tenant_id = :tenant and execution_id = :execution) j
                         where link is distinct from millrace_link(null, before_it, millrace_entry_digest(tenant_id,
                                   execution_id, place::int, id, at, type, actor_kind, actor_id, actor_name,
                                   resource_type, resource_id, step_id, definition_id, workflow_name, version, before,
                                   after, comment))
                         order by execution_seq limit 1""")
                .bind("tenant", company.tenant)
                .bind("execution", execution)
                .mapTo(Integer.class)
                .list());
    }

    private boolean headFits(UUID execution) {
        return company.run(tx -> tx.handle()
                .createQuery("""
                        select e.journal_head = j.link
                          from workflow_executions e
                          join workflow_journal j on j.tenant_id = e.tenant_id and j.execution_id = e.id
                           and j.execution_seq = e.journal_count
                         where e.tenant_id = :tenant and e.id = :execution""")
                .bind("tenant", company.tenant)
                .bind("execution", execution)
                .mapTo(Boolean.class)
                .one());
    }

    /** As somebody does who has the database to himself. */
    private void tamper(String sql, UUID execution) {
        fixture.owner.useTransaction(h -> {
            h.execute("set local millrace.tenant = '" + company.tenant + "'");
            h.execute("alter table workflow_journal disable trigger append_only");
            assertThat(h.createUpdate(sql).bind("e", execution).execute()).isEqualTo(1);
            h.execute("alter table workflow_journal enable trigger append_only");
        });
    }
}
