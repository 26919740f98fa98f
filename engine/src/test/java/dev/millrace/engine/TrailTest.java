package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.journal.ChainVerifier.Verified;
import dev.millrace.engine.journal.Entry;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R20: what somebody who owns the database does to the trail is found. */
class TrailTest {
    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final Jdbi owner = Jdbi.create(database.owner());
    private final TestDirectory directory = new TestDirectory();
    private final Engine engine = EngineFixture.newEngine(
            database.app(), false, directory, new TrialActions.Calls(), Holds.NONE, Duration.ofSeconds(30));
    private final UUID tenant = EngineFixture.shared().newId();

    @BeforeEach
    void sixEntries() {
        for (int i = 1; i <= 6; i++) {
            write("entry " + i);
        }
        assertThat(engine.seal()).isEqualTo(6);
        assertThat(verify().ok()).isTrue();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void R20_a_changed_entry_is_found() {
        tamper("update workflow_journal set actor_name = 'Nobody' where comment = 'entry 4'");

        assertBroken(4, "changed");
    }

    @Test
    void R20_a_deleted_entry_is_found() {
        tamper("delete from workflow_journal where comment = 'entry 3'");

        assertBroken(3, "missing");
    }

    @Test
    void R20_a_deleted_entry_with_its_seal_is_found() {
        tamper("delete from journal_seals where seq = 3");
        tamper("delete from workflow_journal where comment = 'entry 3'");

        assertBroken(3, "this seal is missing");
    }

    @Test
    void R20_two_entries_that_change_places_are_found() {
        tamper("""
                update workflow_journal j set comment = case j.comment when 'entry 2' then 'entry 5' else 'entry 2' end
                 where comment in ('entry 2', 'entry 5')""");

        assertBroken(2, "changed");
    }

    @Test
    void R20_two_seals_that_change_places_are_found() {
        String second = owner(h -> h.createQuery("select journal_id::text from journal_seals where seq = 2")
                .mapTo(String.class)
                .one());
        String fifth = owner(h -> h.createQuery("select journal_id::text from journal_seals where seq = 5")
                .mapTo(String.class)
                .one());
        tamper("update journal_seals set journal_id = '01a20e42-0000-7000-8000-000000000000' where seq = 2");
        tamper("update journal_seals set journal_id = '" + second + "' where seq = 5");
        tamper("update journal_seals set journal_id = '" + fifth + "' where seq = 2");

        assertBroken(2, "changed");
    }

    @Test
    void R20_an_entry_put_in_between_with_a_seal_is_found() {
        tamper("""
                insert into workflow_journal (tenant_id, id, type, actor_kind, actor_name, resource_type, resource_id, comment)
                select tenant_id, '01a20e42-0000-7000-8000-000000000000', type, actor_kind, actor_name, resource_type,
                       resource_id, 'never happened'
                  from workflow_journal where comment = 'entry 3'""");
        tamper("update journal_seals set seq = seq + 100 where seq > 3");
        tamper("update journal_seals set seq = seq - 99 where seq > 100");
        tamper("""
                insert into journal_seals (tenant_id, seq, journal_id, hash)
                select tenant_id, 4, '01a20e42-0000-7000-8000-000000000000', hash from journal_seals where seq = 3""");

        assertBroken(4, "changed");
    }

    @Test
    void R20_an_entry_put_in_past_the_sealer_is_found() {
        tamper("""
                insert into workflow_journal (tenant_id, id, xid, at, type, actor_kind, actor_name, resource_type, resource_id)
                select tenant_id, '01a20e42-0000-7000-8000-000000000000', 3, now() - interval '1 day', type, actor_kind,
                       actor_name, resource_type, resource_id
                  from workflow_journal where comment = 'entry 3'""");
        engine.seal();

        assertBroken(7, "no seal");
    }

    @Test
    void an_entry_that_was_changed_before_its_seal_does_not_fit_the_history_of_its_execution() {
        UUID execution = execution();
        tamper("update workflow_journal set actor_name = 'Nobody' where execution_id = '" + execution
                + "' and execution_seq = 1");
        engine.seal();

        assertBroken(8, "history of execution " + execution);
    }

    @Test
    void an_entry_that_was_taken_out_before_its_seal_leaves_a_head_without_it() {
        UUID execution = execution();
        tamper("delete from workflow_journal where execution_id = '" + execution + "'");
        engine.seal();

        assertBroken(8, "does not hold at its entry 1");
    }

    private UUID execution() {
        var company = new TestCompany(directory, engine, tenant);
        company.enable("""
                workflow:
                  name: line
                  trigger: { event: order.created }
                  steps:
                    - { id: first, action: trial.effect, config: {} }
                """);
        return company.start("1");
    }

    @Test
    void an_entry_that_waits_for_its_seal_for_less_than_a_minute_is_no_fault() {
        write("just now");

        Verified verified = verify();

        assertThat(verified.ok()).isTrue();
        assertThat(verified.unsealed()).isEqualTo(1);
        assertThat(verified.entries()).isEqualTo(7);
    }

    @Test
    void R20_a_tail_that_was_cut_off_is_found_by_a_head_kept_elsewhere() {
        ChainHead kept = run(tx -> engine.journal().head(tx));
        tamper("delete from journal_seals where seq > 4");
        tamper("delete from workflow_journal where comment in ('entry 5', 'entry 6')");
        tamper("update journal_heads set seq = 4, hash = (select hash from journal_seals where seq = 4)");

        assertThat(verify().ok()).isTrue();
        Verified against = verify(kept);
        assertThat(against.ok()).isFalse();
        assertThat(against.firstBroken().orElseThrow().seq()).isEqualTo(5);
        assertThat(against.firstBroken().orElseThrow().reason()).contains("cut off");
    }

    @Test
    void R20_a_chain_that_was_written_anew_is_found_by_a_head_kept_elsewhere() {
        ChainHead kept = run(tx -> engine.journal().head(tx));
        tamper("update workflow_journal set comment = 'a better story' where comment = 'entry 2'");
        tamper("delete from journal_seals");
        tamper("update journal_heads set seq = 0, hash = ''");
        Engine forger = EngineFixture.newEngine(
                database.app(),
                false,
                new TestDirectory(),
                new TrialActions.Calls(),
                Holds.NONE,
                Duration.ofSeconds(30));
        owner.useHandle(h -> h.execute("select setval('journal_drained_below', 0)"));
        assertThat(forger.seal()).isEqualTo(6);

        assertThat(verify().ok()).isTrue();
        assertThat(verify(kept).firstBroken().orElseThrow().reason()).contains("written anew");
    }

    @Test
    void a_head_of_a_chain_that_went_on_still_holds() {
        ChainHead kept = run(tx -> engine.journal().head(tx));
        write("later");
        engine.seal();

        assertThat(verify(kept).ok()).isTrue();
        assertThat(verify(new ChainHead(0, "")).ok()).isTrue();
    }

    @Test
    void months_beyond_the_retention_are_dropped_whole_and_the_rest_still_verifies() {
        old("2015-03", "2015-03-10", "old 1");
        old("2015-03", "2015-03-11", "old 2");
        ChainHead kept = run(tx -> engine.journal().head(tx));
        write("entry 9");
        engine.seal();

        assertThat(engine.retain()).isEqualTo(1);
        engine.seal();

        Verified verified = verify(kept);
        assertThat(verified.firstBroken()).isEmpty();
        assertThat(comments()).doesNotContain("old 1", "old 2").contains("entry 1", "entry 9");
        assertThat(comments()).anyMatch(c -> c.contains("2 rows of 2015-03 were dropped from workflow_journal"));
        assertThat(engine.retain()).isZero();
    }

    @Test
    void an_entry_deleted_under_cover_of_the_retention_is_found() {
        old("2015-03", "2015-03-10", "old 1");
        engine.retain();
        engine.seal();
        tamper("delete from workflow_journal where comment = 'entry 3'");

        assertBroken(3, "missing");
    }

    @Test
    void nothing_younger_than_seven_financial_years_is_dropped_whoever_asks() {
        assertThatThrownBy(() -> Jdbi.create(database.app())
                        .useHandle(h -> h.execute(
                                "select millrace_drop_months('workflow_journal', now() - interval '6 years')")))
                .hasMessageContaining("seven financial years");
        assertThatThrownBy(() -> Jdbi.create(database.app())
                        .useHandle(h -> h.execute("select millrace_drop_months('workflow_executions', now())")))
                .hasMessageContaining("nothing is ever dropped");
        assertThatThrownBy(() -> new RetentionSettings(6, 400, Optional.empty()))
                .hasMessageContaining("7 to 100");
    }

    @Test
    void no_partition_of_the_journal_can_be_changed_or_emptied() {
        List<String> partitions =
                owner.withHandle(h -> h.createQuery("""
                        select inhrelid::regclass::text from pg_inherits where inhparent = 'workflow_journal'::regclass""").mapTo(String.class).list());

        assertThat(partitions).hasSizeGreaterThanOrEqualTo(5).contains("workflow_journal_default");
        for (String partition : partitions) {
            assertThatThrownBy(() -> owner.useHandle(h -> h.execute("truncate " + partition)))
                    .hasMessageContaining("append-only");
            for (String sql :
                    List.of("truncate %s", "delete from %s", "update %s set comment = ''", "select * from %s")) {
                assertThatThrownBy(
                                () -> Jdbi.create(database.app()).useHandle(h -> h.execute(sql.formatted(partition))))
                        .hasMessageContaining("permission denied");
            }
        }
        assertThatThrownBy(() -> owner.useTransaction(h -> {
                    h.execute("set local millrace.tenant = '" + tenant + "'");
                    h.execute("delete from " + thisMonth(partitions) + " where comment = 'entry 1'");
                }))
                .hasMessageContaining("append-only");
    }

    /** The partition that holds what the test wrote. */
    private String thisMonth(List<String> partitions) {
        return owner(h -> partitions.stream()
                .filter(p -> h.createQuery("select count(*) from " + p)
                                .mapTo(Long.class)
                                .one()
                        > 0)
                .findFirst()
                .orElseThrow());
    }

    /** An entry of long ago, in a partition of its month. */
    private void old(String month, String day, String comment) {
        owner.useHandle(h -> h.execute("call millrace_add_month('workflow_journal', '" + month + "-01')"));
        tamper("""
                insert into workflow_journal (tenant_id, id, at, type, actor_kind, actor_name, resource_type, resource_id, comment)
                select '%1$s', (overlay(millrace_uuid_floor('%2$s')::text placing '7abc-8def' from 15 for 9))::uuid, '%2$s',
                       'test.written', 'system', 'Millrace', 'test', '1', '%3$s'""".formatted(tenant, day, comment));
        engine.seal();
    }

    private void assertBroken(long seq, String reason) {
        Verified verified = verify();
        assertThat(verified.ok()).isFalse();
        assertThat(verified.firstBroken().orElseThrow().seq()).isEqualTo(seq);
        assertThat(verified.firstBroken().orElseThrow().reason()).contains(reason);
    }

    private List<String> comments() {
        return run(tx -> engine.journal().read(tx, 0, 100)).stream()
                .flatMap(e -> e.entry().comment().stream())
                .toList();
    }

    private void write(String comment) {
        run(tx -> {
            engine.journal()
                    .write(
                            tx,
                            new Entry(
                                    "test.written",
                                    Actor.SYSTEM,
                                    "test",
                                    "1",
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(comment)));
            return comment;
        });
    }

    private Verified verify() {
        return run(tx -> engine.journal().verify(tx));
    }

    private Verified verify(ChainHead kept) {
        return run(tx -> engine.journal().verify(tx, kept));
    }

    private <T> T run(Function<Tx, T> work) {
        return engine.run(tenant, work);
    }

    private <T> T owner(Function<Handle, T> query) {
        return owner.inTransaction(h -> {
            h.execute("set local millrace.tenant = '" + tenant + "'");
            return query.apply(h);
        });
    }

    /** What only somebody who owns the tables can do: switch the triggers off. */
    private void tamper(String sql) {
        owner.useTransaction(h -> {
            h.execute("set local millrace.tenant = '" + tenant + "'");
            for (String table : List.of("workflow_journal", "journal_seals")) {
                h.execute("alter table " + table + " disable trigger append_only");
            }
            h.execute(sql);
            for (String table : List.of("workflow_journal", "journal_seals")) {
                h.execute("alter table " + table + " enable trigger append_only");
            }
        });
    }
}
