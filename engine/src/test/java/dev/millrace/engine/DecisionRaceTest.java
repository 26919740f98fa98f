package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.approval.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * R10: of everything that can end a request at the same moment exactly one does, on whatever node, and the others are
 * told what happened. The rounds are many because the moment is short; each begins at a barrier.
 */
@SuppressWarnings("InlineFormatString") // the process that every test races on
class DecisionRaceTest {
    private static final int ROUNDS = Integer.getInteger("millrace.rounds", 500);
    private static final String ASK = """
            workflow:
              name: race
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, entity_type: order, entity_id: "{{ trigger.id }}", min_approvals: %d }
                  on_timeout: { after: 240h, action: erp.approval.escalate, config: { to_role: CFO } }
                  on_error:
                    - { action: trial.effect, config: { note: "{{ steps.ask.error.message }}" } }
                - { id: lock, action: trial.effect, depends_on: ask, config: { note: "{{ steps.ask.output.decided_by }}" } }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final Engine other = fixture.newEngine(false);
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Round> rounds = new ArrayList<>();

    private record Round(UUID execution, UUID document, Request request) {}

    @AfterEach
    void close() {
        together.close();
        other.close();
    }

    /** Asks as many times as there are rounds, and waits until each has its request. */
    private void begin(int approvals) {
        company.enable(ASK.formatted(approvals));
        record Begun(UUID execution, UUID document) {}
        var begun = new ArrayList<Begun>();
        for (int n = 0; n < ROUNDS; n++) {
            UUID document = fixture.newId();
            company.run(tx -> {
                TestCompany.put(tx, document, "{\"total\": 100}");
                return document;
            });
            var payload = company.order("1");
            payload.put("id", document.toString());
            begun.add(new Begun(company.publish(payload).executions().getFirst(), document));
        }
        for (Begun one : begun) {
            Request request = await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pending(one.execution()), Optional::isPresent)
                    .orElseThrow();
            rounds.add(new Round(one.execution(), one.document(), request));
        }
    }

    private Optional<Request> pending(UUID execution) {
        return company.run(tx -> fixture.engine.approvals().pendingOf(tx, execution, "ask"));
    }

    @Test
    void P1_the_same_person_on_two_nodes_counts_once() throws Exception {
        begin(1);
        for (Round round : rounds) {
            List<Decided> both = both(
                    () -> decide(fixture.engine, round, company.meera, true),
                    () -> decide(other, round, company.meera, true));

            assertThat(both).filteredOn(d -> d instanceof Decided.Done).hasSize(1);
            assertThat(late(both)).isEqualTo("approved by Meera");
        }
        assertEnded();
    }

    @Test
    void P2_of_an_approval_and_a_rejection_one_wins_and_the_path_follows_it() throws Exception {
        Member sana = fixture.directory.add(company.tenant, "Sana", "Finance Head");
        begin(1);
        var approved = new ArrayList<UUID>();
        for (Round round : rounds) {
            List<Decided> both = both(
                    () -> decide(fixture.engine, round, company.meera, true), () -> decide(other, round, sana, false));

            assertThat(both).filteredOn(d -> d instanceof Decided.Done).hasSize(1);
            boolean first = both.getFirst() instanceof Decided.Done;
            assertThat(late(both)).isEqualTo(first ? "approved by Meera" : "rejected by Sana");
            if (first) {
                approved.add(round.execution());
            }
        }
        assertEnded();
        for (Round round : rounds) {
            assertThat(company.effects(round.execution(), "lock"))
                    .isEqualTo(approved.contains(round.execution()) ? 1 : 0);
        }
    }

    @Test
    void of_two_approvals_that_are_both_needed_one_counts_and_the_other_settles_it() throws Exception {
        Member sana = fixture.directory.add(company.tenant, "Sana", "Finance Head");
        begin(2);
        for (Round round : rounds) {
            List<Decided> both = both(
                    () -> decide(fixture.engine, round, company.meera, true), () -> decide(other, round, sana, true));

            assertThat(both).filteredOn(d -> d instanceof Decided.Counted).hasSize(1);
            assertThat(both).filteredOn(d -> d instanceof Decided.Done).hasSize(1);
        }
        assertEnded();
    }

    /** P3: the one who is asked next decides as soon as he can. */
    @Test
    void P3_of_a_decision_and_the_deadline_one_wins_and_the_next_level_is_asked_only_if_that_was_the_deadline()
            throws Exception {
        begin(1);
        int escalated = 0;
        for (Round round : rounds) {
            company.awaitStatus(round.execution(), "awaiting_approval");
            dueIn(round, escalated % 3 * 2);
            var barrier = new CyclicBarrier(3);
            var deadline = CompletableFuture.runAsync(
                    () -> after(barrier, () -> fixture.engine.clock().advance(Duration.ofMillis(1))), together);
            var next = CompletableFuture.supplyAsync(() -> after(barrier, () -> higher(round)), together);
            Decided decided = after(barrier, () -> decide(other, round, company.meera, true));
            deadline.get();

            boolean inTime = decided instanceof Decided.Done;
            if (!inTime) {
                assertThat(decided).isInstanceOf(Decided.TooLate.class);
                escalated++;
            }
            assertThat(next.get().isPresent()).isEqualTo(!inTime);
            next.get().ifPresent(higher -> {
                assertThat(fixture.engine
                                .approvals()
                                .decide(company.tenant, higher.id(), company.arjun.id(), true, Optional.empty()))
                        .isInstanceOf(Decided.Done.class);
                assertThat(company.request(round.request().id()).escalatedTo()).contains(higher.id());
            });
        }
        assertThat(escalated).isBetween(1, ROUNDS - 1);
        assertEnded();
    }

    @Test
    void of_a_decision_and_a_cancel_one_wins() throws Exception {
        begin(1);
        int cancelled = 0;
        for (Round round : rounds) {
            var barrier = new CyclicBarrier(2);
            var cancel = CompletableFuture.supplyAsync(
                    () -> after(
                            barrier,
                            () -> fixture.engine
                                    .executions()
                                    .cancel(
                                            company.tenant,
                                            round.execution(),
                                            Actor.user(company.arjun),
                                            Optional.empty())),
                    together);
            Decided decided = after(barrier, () -> decide(other, round, company.meera, true));
            cancel.get();

            if (decided instanceof Decided.TooLate late) {
                cancelled++;
                assertThat(late.request().status()).isEqualTo("cancelled");
                assertThat(late.request().ended().orElseThrow().byName()).isEqualTo("Arjun");
                assertThat(company.effects(round.execution(), "lock")).isZero();
            } else {
                assertThat(decided).isInstanceOf(Decided.Done.class);
            }
        }
        assertThat(cancelled).isPositive();
        for (Round round : rounds) {
            String request = company.request(round.request().id()).status();
            assertThat(company.journaled(round.execution(), "workflow.approval_granted"))
                    .isEqualTo(request.equals("approved") ? 1 : 0);
        }
    }

    @Test
    void of_a_decision_and_a_change_of_the_document_one_wins() throws Exception {
        begin(1);
        int superseded = 0;
        for (Round round : rounds) {
            var barrier = new CyclicBarrier(2);
            var change = CompletableFuture.runAsync(
                    () -> after(barrier, () -> {
                        company.write(round.document(), "{\"total\": 200}");
                        return round;
                    }),
                    together);
            Decided decided = after(barrier, () -> decide(other, round, company.meera, true));
            change.get();

            if (decided instanceof Decided.TooLate late) {
                superseded++;
                assertThat(late.request().status()).isEqualTo("superseded");
                assertThat(late.request().ended().orElseThrow().byName()).isEqualTo("Rohan");
                Request again = pending(round.execution()).orElseThrow();
                assertThat(company.approve(again, company.meera)).isInstanceOf(Decided.Done.class);
                assertThat(fits(again.id(), round)).isInstanceOf(Documents.Fit.Good.class);
            } else {
                assertThat(decided).isInstanceOf(Decided.Done.class);
                // Who was first approved what was there then; whoever acts on it is told that it is another one now.
                assertThat(fits(round.request().id(), round)).isInstanceOf(Documents.Fit.Stale.class);
            }
        }
        assertThat(superseded).isBetween(1, ROUNDS - 1);
        assertEnded();
    }

    private Documents.Fit fits(UUID approval, Round round) {
        return company.run(tx -> fixture.engine.documents().fits(tx, approval, "order", round.document()));
    }

    /** The request of the next level, as soon as there is one; empty once the execution is over without. */
    private Optional<Request> higher(Round round) {
        return await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            Request first = company.request(round.request().id());
                            if (first.status().equals("approved")) {
                                return Optional.of(Optional.<Request>empty());
                            }
                            return first.escalatedTo().isPresent()
                                    ? Optional.of(Optional.of(
                                            company.request(first.escalatedTo().get())))
                                    : Optional.<Optional<Request>>empty();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private Decided decide(Engine node, Round round, Member by, boolean approve) {
        return node.approvals().decide(company.tenant, round.request().id(), by.id(), approve, Optional.of("so be it"));
    }

    /** The deadline is that many milliseconds away. */
    private void dueIn(Round round, int millis) {
        company.run(tx -> {
            for (String sql : List.of("""
                    update approval_requests set expires_at = millrace_now() + :in::interval,
                           deadlines = array[millrace_now() + :in::interval]
                     where tenant_id = :tenant and execution_id = :execution""", """
                    update workflow_step_results set due_at = millrace_now() + :in::interval
                     where tenant_id = :tenant and execution_id = :execution and status = 'waiting'""", """
                    update workflow_executions set due_at = millrace_now() + :in::interval
                     where tenant_id = :tenant and id = :execution and lease_owner is null""")) {
                tx.handle()
                        .createUpdate(sql)
                        .bind("in", millis + " milliseconds")
                        .bind("tenant", company.tenant)
                        .bind("execution", round.execution())
                        .execute();
            }
            return round;
        });
    }

    /** Every execution is over, its effects happened once, and one entry tells of one decision. */
    private void assertEnded() {
        for (Round round : rounds) {
            company.awaitStatus(round.execution(), "completed");
            assertThat(company.effects(round.execution(), "lock")
                            + company.effects(round.execution(), "ask.on_error[0]"))
                    .isEqualTo(1);
            assertThat(company.journaled(round.execution(), "workflow.approval_granted")
                            + company.journaled(round.execution(), "workflow.approval_rejected"))
                    .isEqualTo(1);
        }
    }

    private static String late(List<Decided> both) {
        return both.stream()
                .filter(Decided.TooLate.class::isInstance)
                .map(d -> ((Decided.TooLate) d).request())
                .map(r -> r.status() + " by " + r.ended().orElseThrow().byName())
                .findFirst()
                .orElse("nobody was late");
    }

    private List<Decided> both(Supplier<Decided> one, Supplier<Decided> two) throws Exception {
        var barrier = new CyclicBarrier(2);
        var first = CompletableFuture.supplyAsync(() -> after(barrier, one), together);
        Decided second = after(barrier, two);
        return List.of(first.get(), second);
    }

    private static <T> T after(CyclicBarrier barrier, Supplier<T> what) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return what.get();
    }
}
