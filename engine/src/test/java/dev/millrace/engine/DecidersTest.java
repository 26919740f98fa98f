package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Documents.Decider;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.journal.Entry;
import dev.millrace.testkit.HoldPoints.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Who decides on a document, so that a hand keeps off, and what becomes of them when there is nothing left to decide. */
class DecidersTest {
    private static final String ASK = """
            workflow:
              name: deciding
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, entity_type: order, entity_id: "{{ trigger.id }}" }
                - { id: then, action: core.wait, depends_on: ask, config: { for: 1d } }
            """;

    private static final String REMIND = """
            workflow:
              name: reminder
              trigger: { event: order.created }
              steps:
                - { id: later, action: core.wait, config: { for: 1d } }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();
    private final UUID order = fixture.newId();

    @AfterEach
    void clear() {
        fixture.directory.afterRead(read -> {});
        fixture.holds.clear();
        together.close();
    }

    private ObjectNode payload() {
        company.write(order, "{\"total\": 600000.00}");
        return company.order("600000").put("id", order.toString());
    }

    private UUID start(String yaml) {
        company.enable(yaml);
        return company.publish(payload()).executions().getFirst();
    }

    private List<Decider> deciders() {
        return company.run(tx -> fixture.engine.documents().deciders(tx, "order", order));
    }

    private void withdraw(List<Decider> deciders) {
        company.run(tx -> {
            fixture.engine
                    .documents()
                    .withdraw(tx, deciders, Actor.user(company.requester), "PO-7 was cancelled by Rohan: too dear");
            return 0;
        });
    }

    @Test
    void who_has_asked_somebody_decides_and_so_does_who_was_started_until_it_is_over() {
        UUID execution = start(ASK);
        Request request = company.awaitRequest(execution);

        assertThat(deciders()).singleElement().satisfies(decider -> {
            assertThat(decider.execution()).isEqualTo(execution);
            assertThat(decider.workflow()).isEqualTo("deciding");
            assertThat(decider.asked()).contains(new Documents.Asked(request.id(), "Finance Head"));
        });
        company.approve(request, company.meera);
        assertThat(deciders())
                .singleElement()
                .satisfies(decider -> assertThat(decider.asked()).isEmpty());

        fixture.engine.executions().cancel(company.tenant, execution, Actor.SYSTEM, Optional.empty());
        assertThat(deciders()).isEmpty();
        assertThat(company.<List<Decider>>run(tx -> fixture.engine.documents().deciders(tx, "invoice", order)))
                .isEmpty();
    }

    @Test
    void a_workflow_that_only_reminds_decides_nothing() {
        UUID execution = start(REMIND);
        company.awaitStatus(execution, "waiting");

        assertThat(deciders()).isEmpty();
    }

    @Test
    void what_an_event_started_later_decides_as_well() {
        company.publish(payload());
        company.enable(ASK);
        StoredEvent event = company.run(tx -> fixture.engine
                .eventLog()
                .list(
                        tx,
                        new EventLog.Filter(
                                List.of("order.created"), Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        1)
                .getFirst());
        UUID execution = company.run(tx -> fixture.engine.eventLog().startLater(tx, event, Actor.user(company.meera)))
                .executions()
                .getFirst();

        assertThat(deciders()).extracting(Decider::execution).containsExactly(execution);
    }

    @Test
    void a_child_decides_also_when_its_parent_is_over() {
        company.enable("""
                workflow:
                  name: child
                  trigger: { manual: true }
                  steps:
                    - { id: first, action: core.wait, config: { for: 1d } }
                    - { id: ask, action: erp.approval.request, depends_on: first, config: { role: Finance Head } }
                """);
        UUID parent = start("""
                workflow:
                  name: parent
                  trigger: { event: order.created }
                  steps:
                    - { id: sub, action: core.run_workflow, config: { workflow: child, wait: false } }
                """);
        company.awaitStatus(parent, "completed");

        assertThat(deciders()).extracting(Decider::workflow).containsExactly("child");
    }

    @Test
    void a_request_that_is_being_made_is_waited_for() throws Exception {
        StoredDefinition definition = company.enable(ASK);
        fixture.directory.afterRead(read -> fixture.holds.at("read " + read));
        Hold asking = fixture.holds.hold("read " + order);
        // By hand, so that no event tells of it: the request alone does.
        UUID execution = company.run(definition, payload());
        asking.awaitReached();

        var found = CompletableFuture.supplyAsync(this::deciders, together);
        await().atMost(Duration.ofSeconds(15)).until(() -> found.isDone() || isSomebodyBlocked());
        boolean early = found.isDone();
        asking.release();

        assertThat(early).isFalse();
        assertThat(found.get()).extracting(Decider::execution).containsExactly(execution);
    }

    private boolean isSomebodyBlocked() {
        return fixture.owner.withHandle(
                h -> h.createQuery("""
                select exists (select from pg_stat_activity a
                                where a.datname = current_database() and cardinality(pg_blocking_pids(a.pid)) > 0)
                """).mapTo(Boolean.class).one());
    }

    @Test
    void who_is_withdrawn_ends_and_who_decides_too_late_is_told_why() {
        UUID execution = start(ASK);
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        List<Decider> before = deciders();
        UUID started = company.publish(company.order("1").put("id", order.toString()))
                .executions()
                .getFirst();
        company.awaitRequest(started);

        withdraw(before);

        ExecutionView ended = company.view(execution);
        assertThat(ended.outcome()).contains("cancelled");
        assertThat(company.approve(request, company.meera)).isInstanceOfSatisfying(Decided.TooLate.class, late -> {
            assertThat(late.request().status()).isEqualTo("cancelled");
            assertThat(late.request().ended().orElseThrow().byName()).isEqualTo("Rohan");
            assertThat(late.request().ended().orElseThrow().comment())
                    .contains("PO-7 was cancelled by Rohan: too dear");
        });
        assertThat(company.inbox(company.meera)).doesNotContain(request.id());
        assertThat(company.journaled(execution, "workflow.cancelled")).isEqualTo(1);
        // What came after the look goes on.
        assertThat(deciders()).extracting(Decider::execution).containsExactly(started);
        withdraw(before);
        assertThat(company.journaled(execution, "workflow.cancelled")).isEqualTo(1);
    }

    @Test
    void of_a_decision_and_a_withdrawal_at_once_both_end_and_the_execution_goes_no_further() throws Exception {
        UUID execution = start(ASK);
        Request request = company.awaitRequest(execution);
        List<Decider> before = deciders();
        Hold deciding = fixture.holds.hold("decide.before_commit");
        var approved = CompletableFuture.supplyAsync(() -> company.approve(request, company.meera), together);
        deciding.awaitReached();

        var withdrawn = CompletableFuture.runAsync(() -> withdraw(before), together);
        await().atMost(Duration.ofSeconds(15)).until(this::isSomebodyBlocked);
        deciding.release();
        withdrawn.get();

        assertThat(approved.get()).isInstanceOf(Decided.Done.class);
        assertThat(company.request(request.id()).status()).isEqualTo("approved");
        assertThat(company.view(execution).outcome()).contains("cancelled");
    }

    @Test
    void the_journal_tells_whose_the_document_is() {
        company.run(tx -> {
            Actor requester = Actor.user(company.requester);
            fixture.engine
                    .journal()
                    .write(
                            tx,
                            new Entry(
                                    "order.changed",
                                    requester,
                                    "order",
                                    order.toString(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
            return 0;
        });

        assertThat(isBroughtBy(company.requester)).isTrue();
        assertThat(isBroughtBy(company.meera)).isFalse();
    }

    private boolean isBroughtBy(Member person) {
        return company.run(tx -> fixture.engine.documents().isBroughtBy(tx, "order", order, Actor.user(person)));
    }
}
