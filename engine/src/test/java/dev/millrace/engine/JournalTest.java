package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.journal.ChainVerifier.Verified;
import dev.millrace.engine.journal.JournalRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final String LINE = """
            workflow:
              name: line
              trigger: { event: order.created }
              steps:
                - { id: first, action: trial.effect, config: {} }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    @Test
    void entries_are_sealed_in_order_without_gaps_and_the_chain_holds() {
        company.enable(LINE);
        for (int i = 0; i < 5; i++) {
            company.awaitStatus(company.start("1"), "completed");
        }

        Verified verified = awaitAllSealed();

        assertThat(verified.ok()).isTrue();
        assertThat(verified.entries()).isEqualTo(1 + 5 * 3);
        List<Long> numbers = company
                .run(tx -> fixture.engine
                        .journal()
                        .list(tx, new JournalRows.Filter(Optional.empty(), Optional.empty(), Optional.empty()), 200))
                .stream()
                .map(e -> e.seq().orElseThrow())
                .toList();
        assertThat(numbers).startsWith(16L).endsWith(1L).hasSize(16);
    }

    @Test
    void what_happened_to_an_execution_is_found_by_its_id() {
        company.enable(LINE);
        UUID execution = company.start("1");
        company.awaitStatus(execution, "completed");
        company.awaitStatus(company.start("1"), "completed");
        awaitAllSealed();

        var found = company.run(tx -> fixture.engine
                .journal()
                .list(
                        tx,
                        new JournalRows.Filter(Optional.empty(), Optional.of(execution.toString()), Optional.empty()),
                        200));

        assertThat(found)
                .extracting(JournalRows.Stored::type)
                .containsExactly("workflow.completed", "workflow.step_completed", "workflow.started");
        assertThat(found).allMatch(e -> e.executionId().equals(Optional.of(execution)));
    }

    @Test
    void nobody_may_change_the_journal_not_even_its_owner() {
        company.enable(LINE);
        company.awaitStatus(company.start("1"), "completed");
        awaitAllSealed();

        for (String sql : List.of(
                "update workflow_journal set comment = 'x' where tenant_id = :t",
                "delete from workflow_journal where tenant_id = :t",
                "update journal_seals set hash = '' where tenant_id = :t",
                "delete from journal_seals where tenant_id = :t")) {
            assertThatThrownBy(() -> company.run(tx -> tx.handle()
                            .createUpdate(sql)
                            .bind("t", company.tenant)
                            .execute()))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> asOwner(sql)).hasMessageContaining("append-only");
        }
        assertThatThrownBy(() -> fixture.owner.useHandle(h -> h.execute("truncate workflow_journal")))
                .hasMessageContaining("append-only");
    }

    @Test
    void an_entry_changed_behind_the_databases_back_is_found() {
        company.enable(LINE);
        UUID execution = company.start("1");
        company.awaitStatus(execution, "completed");
        Verified before = awaitAllSealed();

        tamper("update workflow_journal set comment = 'nothing to see' where tenant_id = :t and execution_id = '"
                + execution + "' and type = 'workflow.step_completed'");

        Verified after = verify();
        assertThat(before.ok()).isTrue();
        assertThat(after.ok()).isFalse();
        assertThat(after.firstBroken().orElseThrow().seq()).isEqualTo(3);
        assertThat(after.firstBroken().orElseThrow().reason()).contains("changed");
    }

    @Test
    void a_deleted_entry_and_a_deleted_seal_are_found() {
        company.enable(LINE);
        UUID execution = company.start("1");
        company.awaitStatus(execution, "completed");
        awaitAllSealed();

        tamper("delete from workflow_journal where tenant_id = :t and type = 'workflow.started'");
        Verified withoutEntry = verify();
        tamper("delete from journal_seals where tenant_id = :t and seq = 1");
        Verified withoutSeal = verify();

        assertThat(withoutEntry.firstBroken().orElseThrow().seq()).isEqualTo(2);
        assertThat(withoutSeal.firstBroken().orElseThrow().seq()).isEqualTo(1);
    }

    private Verified verify() {
        return company.run(tx -> fixture.engine.journal().verify(tx));
    }

    private Verified awaitAllSealed() {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            fixture.engine.seal();
            return verify().unsealed() == 0;
        });
        return verify();
    }

    private void asOwner(String sql) {
        fixture.owner.useTransaction(h -> {
            h.execute("set local millrace.tenant = '" + company.tenant + "'");
            h.createUpdate(sql).bind("t", company.tenant).execute();
        });
    }

    /** What only somebody who owns the tables can do: switch the triggers off. */
    private void tamper(String sql) {
        fixture.owner.useTransaction(h -> {
            h.execute("set local millrace.tenant = '" + company.tenant + "'");
            for (String table : List.of("workflow_journal", "journal_seals")) {
                h.execute("alter table " + table + " disable trigger append_only");
            }
            assertThat(h.createUpdate(sql).bind("t", company.tenant).execute()).isEqualTo(1);
            for (String table : List.of("workflow_journal", "journal_seals")) {
                h.execute("alter table " + table + " enable trigger append_only");
            }
        });
    }
}
