package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.approval.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JournalFollowerTest {
    private static final String ASK = """
            workflow:
              name: ask
              trigger: { event: order.created }
              steps:
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: last, action: trial.effect, depends_on: ask, config: {} }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    /** Another node, with nothing running by itself. */
    private final Engine node = fixture.newEngine(false);

    @Test
    void a_listener_hears_what_happens_from_now_on_in_order() throws Exception {
        company.enable(ASK);
        var heard = new CopyOnWriteArrayList<LifecycleEvent>();
        try (AutoCloseable listening =
                fixture.engine.listen(company.tenant, OptionalLong.empty(), (tenant, event) -> heard.add(event))) {
            assertThat(listening).isNotNull();
            UUID execution = company.start("1");
            Request request = company.awaitRequest(execution);
            company.approve(request, company.meera);
            await().until(() -> heard.stream().anyMatch(e -> e.type().equals("workflow.completed")));

            assertThat(heard)
                    .extracting(LifecycleEvent::type)
                    .containsExactly(
                            "workflow.started",
                            "workflow.awaiting_approval",
                            "workflow.approval_granted",
                            "workflow.step_completed",
                            "workflow.completed");
            assertThat(heard).extracting(LifecycleEvent::seq).isSorted();
            LifecycleEvent granted = heard.get(2);
            assertThat(granted.approvalId()).contains(request.id());
            assertThat(granted.executionId()).contains(execution);
            assertThat(granted.workflowName()).contains("ask");
            assertThat(granted.stepId()).contains("ask");
            assertThat(granted.status()).contains("approved");
        }
    }

    @Test
    void a_listener_goes_on_behind_the_number_it_saw_last() throws Exception {
        company.enable(ASK);
        company.awaitRequest(company.start("1"));
        await().until(() -> fixture.engine.seal() >= 0 && unsealed() == 0);
        var all = new ArrayList<LifecycleEvent>();
        try (AutoCloseable first = node.listen(company.tenant, OptionalLong.of(0), (tenant, event) -> all.add(event))) {
            assertThat(first).isNotNull();
            node.tellFollowers();
        }
        var rest = new ArrayList<LifecycleEvent>();
        try (AutoCloseable second = node.listen(
                company.tenant, OptionalLong.of(all.getFirst().seq()), (tenant, event) -> rest.add(event))) {
            assertThat(second).isNotNull();
            node.tellFollowers();
        }

        assertThat(all).hasSizeGreaterThan(1);
        assertThat(rest).isEqualTo(all.subList(1, all.size()));
    }

    @Test
    void a_follower_takes_each_entry_once_also_if_it_fails_on_the_way() {
        var failures = new AtomicInteger(2);
        var follower = new Recorder("records-" + company.tenant, failures);
        node.follow(follower);
        node.tellFollowers();
        company.enable(ASK);
        UUID execution = company.start("1");
        company.awaitRequest(execution);

        await().until(() -> {
            fixture.engine.seal();
            node.tellFollowers();
            return follower.recorded(company).contains("workflow.awaiting_approval");
        });

        assertThat(failures.get()).isLessThanOrEqualTo(0);
        assertThat(follower.recorded(company)).containsExactly("workflow.started", "workflow.awaiting_approval");
    }

    @Test
    void a_relay_that_cannot_send_goes_on_from_its_cursor_on_whatever_node() {
        String name = "relay-" + company.tenant;
        var down = new AtomicInteger(3);
        List<Long> sent = new CopyOnWriteArrayList<>();
        LifecycleListener broken = (tenant, event) -> {
            if (tenant.equals(company.tenant)) {
                if (event.type().equals("workflow.awaiting_approval") && down.getAndDecrement() > 0) {
                    throw new IllegalStateException("nobody there");
                }
                sent.add(event.seq());
            }
        };
        Engine other = fixture.newEngine(false);
        node.relay(name, broken);
        other.relay(name, broken);
        node.tellFollowers();
        company.enable(ASK);
        company.awaitRequest(company.start("1"));

        await().until(() -> {
            fixture.engine.seal();
            node.tellFollowers();
            other.tellFollowers();
            return sent.size() >= 2;
        });

        assertThat(down.get()).isLessThan(0);
        assertThat(sent).hasSize(2).isSorted().doesNotHaveDuplicates();
    }

    private long unsealed() {
        return company.run(tx -> fixture.engine.journal().verify(tx)).unsealed();
    }

    /** Counts what it takes in the table of effects, and fails at first after it has done so. */
    private record Recorder(String name, AtomicInteger failures) implements JournalFollower {
        @Override
        public Set<String> types() {
            return Set.of("workflow.started", "workflow.awaiting_approval");
        }

        @Override
        public void take(Tx tx, List<SealedEntry> entries) {
            for (SealedEntry one : entries) {
                tx.handle()
                        .createUpdate("""
                                insert into trial_effect (tenant_id, execution_id, step_id, attempt)
                                values (:tenant, :execution, :step, 1)""")
                        .bind("tenant", tx.tenant())
                        .bind("execution", one.entry().executionId().orElseThrow())
                        .bind("step", one.entry().type())
                        .execute();
            }
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("injected");
            }
        }

        List<String> recorded(TestCompany company) {
            return company.run(tx -> tx.handle()
                    .createQuery("select step_id from trial_effect where tenant_id = :t and step_id like 'workflow.%'")
                    .bind("t", company.tenant)
                    .mapTo(String.class)
                    .list());
        }
    }
}
