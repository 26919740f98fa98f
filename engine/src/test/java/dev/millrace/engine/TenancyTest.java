package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class TenancyTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany acme = fixture.company();
    private final TestCompany globex = fixture.company();

    @Test
    void an_event_of_one_company_starts_nothing_in_another_and_is_not_seen_there() {
        acme.enable("""
                workflow:
                  name: ask
                  trigger: { event: order.created }
                  steps:
                    - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                """);

        Published there = globex.publish(globex.order("1"));
        UUID execution = acme.start("1");
        var request = acme.awaitRequest(execution);

        assertThat(there.started()).isZero();
        assertThat(there.isUnrouted()).isTrue();
        assertThat(globex.<Object>run(tx -> fixture.engine.executions().find(tx, execution)))
                .isEqualTo(java.util.Optional.empty());
        assertThat(fixture.engine
                        .approvals()
                        .decide(globex.tenant, request.id(), globex.meera.id(), true, java.util.Optional.empty()))
                .isInstanceOf(Decided.NotFound.class);
        assertThat(acme.pending(execution)).isPresent();
    }

    @Test
    void every_table_with_a_tenant_has_forced_row_level_security_and_a_key_that_leads_with_it() {
        List<String> tables = fixture.owner.withHandle(
                h -> h.createQuery("""
                        select c.relname from pg_class c
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                         where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                           and c.relname <> 'trial_effect'""").mapTo(String.class).list());
        List<String> bare = fixture.owner.withHandle(
                h -> h.createQuery("""
                        select c.relname from pg_class c
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                         where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                           and c.relname <> 'trial_effect'
                           and not (c.relrowsecurity and c.relforcerowsecurity
                                    and exists (select from pg_policy p where p.polrelid = c.oid)
                                    and exists (select from pg_index i
                                                 where i.indrelid = c.oid and i.indisprimary and i.indkey[0] = a.attnum))""").mapTo(String.class).list());

        assertThat(tables).hasSizeGreaterThan(9);
        assertThat(bare).isEmpty();
    }

    @Test
    void without_a_tenant_the_serving_role_sees_nothing_and_writes_nothing() {
        acme.enable("""
                workflow:
                  name: manual
                  trigger: { manual: true }
                  steps:
                    - { id: first, action: trial.effect, config: {} }
                """);
        Jdbi serving = Jdbi.create(fixture.database.app());

        int seen = serving.withHandle(h -> h.createQuery("select count(*) from workflow_definitions")
                .mapTo(Integer.class)
                .one());

        assertThat(seen).isZero();
        assertThatThrownBy(() -> globex.run(tx -> tx.handle()
                        .createUpdate("insert into event_keys (tenant_id, event_id, payload_hash, row_id)"
                                + " values (:other, 'x', '', :other)")
                        .bind("other", acme.tenant)
                        .execute()))
                .hasMessageContaining("row-level security");
    }

    @Test
    void reads_across_tenants_are_a_closed_list() {
        List<String> functions = fixture.owner.withHandle(
                h -> h.createQuery("""
                        select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner
                         where p.prosecdef and r.rolname = 'millrace_lookup' order by 1""").mapTo(String.class).list());

        assertThat(functions)
                .containsExactly(
                        "millrace_bulk_tenants",
                        "millrace_due_schedules",
                        "millrace_due_tenants",
                        "millrace_journal_tenants",
                        "millrace_live_tenants",
                        "millrace_matching_tenants",
                        "millrace_unread_tenants",
                        "millrace_unsealed");
    }
}
