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
import dev.millrace.engine.Reassigned;
import dev.millrace.engine.Saved;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.journal.Entry;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.language.Policies;
import dev.millrace.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** The demo company {@code acme} on a real engine and a database of its own. */
final class Acme implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestDatabase database = World.MIGRATED.fresh();
    private final Transactions transactions = new Transactions(Jdbi.create(database.app()));
    /** Where e-mails go out. */
    final AtomicReference<MailSender> mail = new AtomicReference<>(MailSender.SANDBOX);

    final Erp erp = new Erp(transactions, message -> mail.get().send(message), "http://localhost");
    final Engine engine = newEngine();
    final Trail trail = this::journal;
    final Orders orders = erp.orders(engine.events(), engine.documents(), trail);
    final UUID tenant;

    /** With the definitions that new companies begin with. */
    Acme() {
        this.tenant = seed(SeededTemplates.Shelf.of(engine.definitions()));
        engine.start();
    }

    /** With this definition alone. */
    Acme(String yaml) {
        this.tenant = seed(SeededTemplates.Shelf.NONE);
        enable(yaml);
        engine.start();
    }

    private UUID seed(SeededTemplates.Shelf shelf) {
        erp.journalTo(trail);
        return Objects.requireNonNull(new DemoCompanies(erp, transactions, trail, shelf)
                .seed(password -> "hash")
                .get(DemoCompanies.ACME));
    }

    private Engine newEngine() {
        var actions = new ActionRegistry();
        erp.actions().forEach(actions::register);
        var events = new EventTypes();
        ErpCatalogue.events().forEach(events::register);
        return new Engine(new Engine.Setup(
                database.app(),
                database.app(),
                1,
                NodeSettings.of(erp.ids().get()),
                erp.directory(),
                actions,
                events,
                ErpCatalogue.ENTITIES,
                Holds.NONE));
    }

    private void journal(
            Tx tx,
            Actor actor,
            String type,
            String resourceType,
            UUID id,
            Optional<String> before,
            Optional<String> after,
            String comment) {
        engine.journal()
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
    }

    /** The definition's id. */
    UUID enable(String yaml) {
        Saved saved = run(tx -> engine.definitions().save(tx, yaml, Optional.of(true), "seeded", Actor.SYSTEM));
        assertThat(saved).isInstanceOf(Saved.Done.class);
        return ((Saved.Done) saved).definition().id();
    }

    @Override
    public void close() {
        engine.close();
        database.close();
    }

    <T> T run(Function<Tx, T> work) {
        return transactions.run(tenant, work);
    }

    Member person(String name) {
        return run(tx -> erp.members().login(tx, name + "@acme.test"))
                .orElseThrow()
                .member();
    }

    Actor actor(String name) {
        return Actor.user(person(name));
    }

    /** From now on the person is active or not, and holds these roles; the engine is told, as by the administrator's page. */
    void appoint(String name, boolean active, String... roles) {
        Membership membership = erp.membership(trail);
        UUID id = person(name).id();
        Actor admin = actor("admin");
        run(tx -> {
            assertThat(membership.change(tx, id, Optional.of(active), Optional.of(Set.of(roles)), admin))
                    .isInstanceOf(Membership.Changed.Done.class);
            engine.approvals().membersChanged(tx);
            return 0;
        });
    }

    /** Whether one person may give two approvals of one execution. */
    void letOnePersonApproveTwice(boolean may) {
        PolicySettings settings = erp.policies(trail);
        Actor admin = actor("admin");
        run(tx -> settings.set(tx, twice(settings.get(tx).value(), may), admin));
    }

    private static Policies twice(Policies now, boolean may) {
        return new Policies(
                now.selfApproval(),
                may,
                now.approvalAbove(),
                now.forbiddenActions(),
                now.webhookHosts(),
                now.autoApproveAmounts(),
                now.commentRequired(),
                now.secondPersonForDefinitions(),
                now.changeTolerance());
    }

    /** Hands a request that nobody can decide over, as an administrator does. */
    void handOver(Request request, String to) {
        assertThat(engine.approvals()
                        .reassign(tenant, request.id(), person("admin").id(), true, to))
                .isInstanceOf(Reassigned.Done.class);
    }

    /** One of something, taxed at 18 percent. */
    static NewOrder order(String price) {
        return NewOrder.of(
                "S0001",
                List.of(NewOrder.Line.of("SRV-FREIGHT", BigDecimal.ONE, new BigDecimal(price), new BigDecimal("18"))));
    }

    /** Raised and submitted by the requester. */
    Submission.Submitted submit(NewOrder order) {
        Actor requester = actor("requester");
        Submission submission = run(tx -> orders.submit(
                tx, World.created(orders.create(tx, order, requester)).id(), requester));
        assertThat(submission).isInstanceOf(Submission.Submitted.class);
        return (Submission.Submitted) submission;
    }

    Decided decide(Request request, String who, boolean approve, String comment) {
        return engine.approvals().decide(tenant, request.id(), person(who).id(), approve, Optional.of(comment));
    }

    /** The request that waits for the role because of the order. */
    Request awaitRequest(UUID order, String role) {
        return await().atMost(SOON)
                .until(() -> pending(order, role), Optional::isPresent)
                .orElseThrow();
    }

    Optional<Request> pending(UUID order, String role) {
        return run(tx -> engine.approvals().allPending(tx, Optional.empty(), 100)).stream()
                .filter(request -> request.entityId().equals(Optional.of(order)))
                .filter(request -> request.requiredRole().equals(Optional.of(role)))
                .findFirst();
    }

    Request request(UUID id) {
        return run(tx -> engine.approvals().find(tx, id)).orElseThrow();
    }

    void awaitStatus(UUID order, Status status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(get(order).status()).isEqualTo(status));
    }

    /** Somebody waits for a row that another transaction holds. */
    boolean isSomebodyBlocked() {
        return Jdbi.create(database.owner())
                .withHandle(h -> h.createQuery("""
                        select exists (select from pg_stat_activity a
                                        where a.datname = current_database() and cardinality(pg_blocking_pids(a.pid)) > 0)
                        """).mapTo(Boolean.class).one());
    }

    PurchaseOrder get(UUID order) {
        return run(tx -> orders.get(tx, order)).orElseThrow();
    }
}
