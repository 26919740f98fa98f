package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.approval.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A tenant with three people, and the words in which tests speak about it. */
final class TestCompany {
    final UUID tenant;
    final Member requester;
    final Member meera;
    final Member arjun;
    private final Engine engine;

    TestCompany(TestDirectory directory, Engine engine, UUID tenant) {
        this.engine = engine;
        this.tenant = tenant;
        List<Member> people = people(directory, tenant);
        this.requester = people.get(0);
        this.meera = people.get(1);
        this.arjun = people.get(2);
    }

    /** The same people, with the same ids, in every process. */
    static List<Member> people(TestDirectory directory, UUID tenant) {
        return List.of(
                directory.add(tenant, "Rohan"),
                directory.add(tenant, "Meera", "Finance Head"),
                directory.add(tenant, "Arjun", "CFO"));
    }

    <T> T run(Function<Tx, T> work) {
        return engine.run(tenant, work);
    }

    /** Saves and enables. */
    StoredDefinition enable(String yaml) {
        Saved saved = run(tx -> engine.definitions().save(tx, yaml, Optional.of(true), "person", Actor.SYSTEM));
        assertThat(saved).isInstanceOf(Saved.Done.class);
        return ((Saved.Done) saved).definition();
    }

    ObjectNode order(String amount) {
        ObjectNode payload = Json.object();
        payload.put("id", UuidCreator.getTimeOrderedEpoch().toString());
        payload.put("amount", new BigDecimal(amount));
        payload.put("requested_by", requester.id().toString());
        return payload;
    }

    Published publish(ObjectNode payload) {
        return run(tx -> engine.events().publish(tx, NewEvent.of("order.created", payload, Actor.user(requester))));
    }

    /** Starts a definition by hand. */
    UUID run(StoredDefinition definition, ObjectNode payload) {
        Started started = run(tx -> engine.executions().start(tx, definition.id(), payload, Actor.user(requester)));
        assertThat(started).isInstanceOf(Started.Done.class);
        return ((Started.Done) started).execution();
    }

    static ObjectNode payment(String order, String amount) {
        return Json.object().put("order_id", order).put("amount", new BigDecimal(amount));
    }

    Published pay(String order, String amount) {
        return run(tx -> engine.events()
                .publish(tx, NewEvent.of("payment.received", payment(order, amount), Actor.user(requester))));
    }

    List<UUID> children(UUID execution) {
        return run(tx -> engine.executions().children(tx, execution, 100)).stream()
                .map(ExecutionView::id)
                .toList();
    }

    /** Waits until an execution has as many children. */
    List<UUID> awaitChildren(UUID execution, int count) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> children(execution).size() == count);
        return children(execution);
    }

    /** Publishes an order, for which exactly one execution starts. */
    UUID start(String amount) {
        Published published = publish(order(amount));
        assertThat(published.executions()).hasSize(1);
        return published.executions().getFirst();
    }

    ExecutionView view(UUID execution) {
        return run(tx -> engine.executions().find(tx, execution).orElseThrow());
    }

    ExecutionView awaitStatus(UUID execution, String status) {
        return awaitStatus(execution, status, Duration.ofSeconds(15));
    }

    ExecutionView awaitStatus(UUID execution, String status, Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(view(execution).status()).isEqualTo(status));
        return view(execution);
    }

    /** Waits until an execution has ended, however it does. */
    ExecutionView awaitOver(UUID execution) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> view(execution).completedAt().isPresent());
        return view(execution);
    }

    /** The steps of an execution that have a row. */
    record Steps(Map<String, StepView> byId) {
        StepView get(String step) {
            return find(step).orElseThrow();
        }

        Optional<StepView> find(String step) {
            return Optional.ofNullable(byId.get(step));
        }

        Collection<StepView> values() {
            return byId.values();
        }
    }

    Steps steps(UUID execution) {
        return new Steps(run(tx -> engine.executions().steps(tx, execution)).stream()
                .collect(Collectors.toMap(StepView::id, s -> s)));
    }

    String statusOf(UUID execution, String step) {
        return steps(execution).find(step).map(StepView::status).orElse("none");
    }

    Request awaitRequest(UUID execution) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> pending(execution).isPresent());
        return pending(execution).orElseThrow();
    }

    Optional<Request> pending(UUID execution) {
        return run(tx -> engine.approvals().allPending(tx, Optional.empty(), 200)).stream()
                .filter(r -> r.executionId().equals(execution))
                .findFirst();
    }

    Decided approve(Request request, Member by) {
        return engine.approvals().decide(tenant, request.id(), by.id(), true, Optional.empty());
    }

    Decided reject(Request request, Member by, String why) {
        return engine.approvals().decide(tenant, request.id(), by.id(), false, Optional.of(why));
    }

    /** Writes a document, and tells the engine in the same transaction that it was changed. */
    void write(UUID document, String material) {
        run(tx -> {
            put(tx, document, material);
            engine.documents().changed(tx, "order", document, Actor.user(requester));
            return document;
        });
    }

    static void put(Tx tx, UUID document, String material) {
        tx.handle()
                .createUpdate("""
                        insert into trial_document (tenant_id, id, material) values (:tenant, :id, :material::json)
                            on conflict (tenant_id, id) do update set material = excluded.material""")
                .bind("tenant", tx.tenant())
                .bind("id", document)
                .bind("material", material)
                .execute();
    }

    /** Ids of what a member may decide. */
    List<UUID> inbox(Member member) {
        return run(tx -> engine.approvals().pendingFor(tx, member, Optional.empty(), 200)).stream()
                .map(Request::id)
                .toList();
    }

    Request request(UUID id) {
        return run(tx -> engine.approvals().find(tx, id).orElseThrow());
    }

    /** How many refused attempts to decide a request are in the journal. */
    long refusals(UUID request) {
        return run(tx -> tx.handle()
                .createQuery("""
                        select count(*) from workflow_journal
                         where tenant_id = :tenant and resource_id = :request and type = 'workflow.decision_refused'""")
                .bind("tenant", tenant)
                .bind("request", request.toString())
                .mapTo(Long.class)
                .one());
    }

    /** How many entries of a type the execution's journal has. */
    long journaled(UUID execution, String type) {
        return journal(execution).stream().filter(e -> e.startsWith(type)).count();
    }

    long effects(UUID execution, String step) {
        return run(tx -> tx.handle()
                .createQuery("""
                        select count(*) from trial_effect
                         where tenant_id = :tenant and execution_id = :execution and step_id = :step""")
                .bind("tenant", tenant)
                .bind("execution", execution)
                .bind("step", step)
                .mapTo(Long.class)
                .one());
    }

    /** Types of the execution's journal entries, in its own order. */
    List<String> journal(UUID execution) {
        return run(tx -> tx.handle()
                .createQuery("""
                        select type || coalesce(':' || step_id, '') from workflow_journal
                         where tenant_id = :tenant and execution_id = :execution order by execution_seq""")
                .bind("tenant", tenant)
                .bind("execution", execution)
                .mapTo(String.class)
                .list());
    }
}
