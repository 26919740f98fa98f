package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.Engine;
import dev.millrace.engine.EventTypes;
import dev.millrace.engine.Holds;
import dev.millrace.engine.Member;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.Saved;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.journal.Entry;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.Submission.Routing;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The seeded template on the real engine: what becomes of an order after it is submitted. */
class OrderApprovalTest {
    private static final TestDatabase DATABASE = World.MIGRATED.fresh();
    private static final Transactions TRANSACTIONS = new Transactions(Jdbi.create(DATABASE.app()));
    private static final Erp ERP = new Erp(TRANSACTIONS, MailSender.SANDBOX, "http://localhost");
    private static final Engine ENGINE = engine();
    private static final Trail TRAIL = (tx, actor, type, resourceType, id, before, after, comment) -> ENGINE.journal()
            .write(
                    tx,
                    new Entry(
                            type,
                            actor,
                            resourceType,
                            id.toString(),
                            Optional.empty(),
                            before,
                            after,
                            Optional.of(comment).filter(text -> !text.isEmpty())));
    private static final Orders ORDERS = ERP.orders(ENGINE.events(), TRAIL);
    private static final UUID ACME = Objects.requireNonNull(
            new DemoCompanies(ERP, TRANSACTIONS, TRAIL).seed(password -> "hash").get(DemoCompanies.ACME));

    @BeforeAll
    static void enableTheTemplate() {
        String yaml =
                SeededTemplates.of(Set.of("core", "procurement")).getFirst().yaml();
        Saved saved = run(tx -> ENGINE.definitions().save(tx, yaml, Optional.of(true), "seeded", Actor.SYSTEM));
        assertThat(saved).isInstanceOf(Saved.Done.class);
        ENGINE.start();
    }

    @AfterAll
    static void close() {
        ENGINE.close();
        DATABASE.close();
    }

    @Test
    void a_small_order_is_locked_at_once_and_requester_and_supplier_are_told() {
        UUID order = submit("100");

        awaitStatus(order, Status.APPROVED);
        assertThat(get(order).header().approvedBy()).contains("purchase-order-approval v1");
        await().untilAsserted(() -> assertThat(messagesAbout(order))
                .containsExactlyInAnyOrder("in_app " + person("requester").id(), "email ap1@supplier.example"));
    }

    @Test
    void a_large_order_waits_for_the_finance_head_and_is_locked_with_the_approval() {
        UUID order = submit("600000");
        Request request = awaitRequest(order, "Finance Head");

        Decided decided = decide(request, "finance.head", true);

        assertThat(decided).isInstanceOf(Decided.Done.class);
        awaitStatus(order, Status.APPROVED);
        assertThat(get(order).header().approvalId()).contains(request.id());
    }

    @Test
    void a_rejected_order_is_cancelled_with_the_reason() {
        UUID order = submit("600000");

        decide(awaitRequest(order, "Finance Head"), "finance.head", false);

        awaitStatus(order, Status.CANCELLED);
        assertThat(get(order).header().cancelReason()).contains("Rejected by Meera Iyer: over budget");
    }

    @Test
    void after_a_day_without_an_answer_the_cfo_is_asked() {
        UUID order = submit("600000");
        awaitRequest(order, "Finance Head");

        ENGINE.clock().advance(Duration.ofHours(25));

        decide(awaitRequest(order, "CFO"), "cfo", true);
        awaitStatus(order, Status.APPROVED);
    }

    private static Engine engine() {
        var actions = new ActionRegistry();
        ERP.actions().forEach(actions::register);
        var events = new EventTypes();
        ErpCatalogue.events().forEach(events::register);
        return new Engine(new Engine.Setup(
                DATABASE.app(),
                DATABASE.app(),
                1,
                NodeSettings.of(ERP.ids().get()),
                ERP.directory(),
                actions,
                events,
                ErpCatalogue.ENTITIES,
                Holds.NONE));
    }

    private static UUID submit(String price) {
        Actor requester = Actor.user(person("requester"));
        return run(tx -> {
            var line = NewOrder.Line.of("SRV-FREIGHT", BigDecimal.ONE, new BigDecimal(price), new BigDecimal("18"));
            UUID order = World.created(ORDERS.create(tx, NewOrder.of("S0001", List.of(line)), requester))
                    .id();
            assertThat(ORDERS.submit(tx, order, requester))
                    .isInstanceOfSatisfying(
                            Submission.Submitted.class,
                            submitted -> assertThat(submitted.routing()).isEqualTo(new Routing.Started(1)));
            return order;
        });
    }

    private static Decided decide(Request request, String who, boolean approve) {
        return ENGINE.approvals().decide(ACME, request.id(), person(who).id(), approve, Optional.of("over budget"));
    }

    private static Request awaitRequest(UUID order, String role) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> run(tx -> ENGINE.approvals().allPending(tx, Optional.empty(), 100)).stream()
                                .filter(request -> request.entityId().equals(Optional.of(order)))
                                .filter(request -> request.requiredRole().equals(Optional.of(role)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void awaitStatus(UUID order, Status status) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get(order).status()).isEqualTo(status));
    }

    private static List<String> messagesAbout(UUID order) {
        String number = get(order).number();
        return run(tx -> ERP.inbox().outbox(tx, Optional.empty(), 100)).stream()
                .filter(message -> message.body().orElse("").contains(number))
                .map(message -> message.channel() + " "
                        + message.address()
                                .or(() -> message.member().map(UUID::toString))
                                .orElse(""))
                .toList();
    }

    private static PurchaseOrder get(UUID order) {
        return run(tx -> ORDERS.get(tx, order)).orElseThrow();
    }

    private static Member person(String name) {
        return run(tx -> ERP.members().login(tx, name + "@acme.test"))
                .orElseThrow()
                .member();
    }

    private static <T> T run(Function<Tx, T> work) {
        return TRANSACTIONS.run(ACME, work);
    }
}
