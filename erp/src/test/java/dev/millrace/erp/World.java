package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Member;
import dev.millrace.engine.Published;
import dev.millrace.engine.Schema;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.NewCompany.NewMember;
import dev.millrace.language.EventType;
import dev.millrace.language.Fitted;
import dev.millrace.language.Shapes;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestTemplate;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.JsonNodeFactory;

/** A fresh company in the shared database, with two suppliers, two items and four people. */
public final class World {
    public static final TestTemplate MIGRATED = TestDatabase.template("erp", owner -> {
        Schema.migrate(owner, Erp.MIGRATIONS);
        Schema.makeClockMovable(owner);
    });

    public static final Published STARTED_ONE = new Published("e", List.of(new UUID(1, 1)), 1, List.of(), false);
    public static final Published NOBODY = new Published("e", List.of(), 0, List.of(), false);

    public final Transactions transactions =
            new Transactions(Jdbi.create(MIGRATED.shared().app()));
    public final RecordingEvents events = new RecordingEvents();
    public final RecordingDocuments documents = new RecordingDocuments();
    public final List<String> trail = Collections.synchronizedList(new ArrayList<>());
    public final Erp erp;
    public final UUID tenant;
    public final Orders orders;

    public World() {
        this(MailSender.SANDBOX);
    }

    public World(MailSender mail) {
        this(Channels.only(mail));
    }

    public World(Channels channels) {
        this.erp = new Erp(transactions, channels, "https://erp.example/");
        this.tenant = erp.ids().get();
        erp.journalTo(this::write);
        this.orders = erp.orders(events, documents, this::write);
        run(tx -> {
            erp.onboarding(this::write, SeededTemplates.Shelf.NONE)
                    .create(tx, company("c" + tenant.toString().replace("-", "").substring(0, 30)));
            erp.masters().addSuppliers(tx, List.of(supplier("S1", "27"), supplier("S2", "33")));
            erp.masters().addItems(tx, List.of(item("BOLT", false), item("FREIGHT", true)));
            return 0;
        });
        trail.clear();
    }

    public static NewCompany company(String slug) {
        return new NewCompany(
                slug,
                "Test",
                "Test Private Limited",
                "INR",
                "IN",
                ZoneId.of("Asia/Kolkata"),
                "IN_GST",
                Optional.empty(),
                Optional.of("27"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                4,
                List.of("core", "procurement"),
                List.of(
                        person("Asha Admin", "admin", Permissions.ADMIN),
                        person("Ravi Requester", "requester", Permissions.REQUESTER),
                        person("Meera Finance", "finance.head", Permissions.FINANCE_HEAD),
                        new NewMember(
                                "Wasim Warehouse",
                                "warehouse@test.example",
                                "hash",
                                Optional.of("+919820012345"),
                                List.of(Permissions.WAREHOUSE_MANAGER))));
    }

    private static NewMember person(String name, String email, String role) {
        return new NewMember(name, email + "@test.example", "hash of " + email, Optional.empty(), List.of(role));
    }

    private Supplier supplier(String code, String state) {
        return new Supplier(
                erp.ids().get(),
                code,
                "Supplier " + code,
                Optional.empty(),
                Optional.of(state),
                "IN",
                Optional.empty(),
                Optional.empty(),
                Optional.of(code + "@supplier.example"),
                Optional.empty(),
                "INR",
                30,
                "none",
                Supplier.Status.ACTIVE);
    }

    private Item item(String code, boolean isService) {
        return new Item(
                erp.ids().get(),
                code,
                "Item " + code,
                isService ? "996511" : "73181500",
                isService,
                isService ? "OTH" : "NOS",
                new BigDecimal("18"),
                new BigDecimal("14.75"),
                true);
    }

    public <T> T run(Function<Tx, T> work) {
        return transactions.run(tenant, work);
    }

    public Member member(String name) {
        return run(tx -> erp.members().login(tx, name + "@test.example"))
                .orElseThrow()
                .member();
    }

    public Actor requester() {
        return Actor.user(member("requester"));
    }

    public static NewOrder order(String supplier, String item, String quantity, String price) {
        return NewOrder.of(
                supplier,
                List.of(NewOrder.Line.of(item, new BigDecimal(quantity), new BigDecimal(price), new BigDecimal("18"))));
    }

    public PurchaseOrder draft() {
        // Looked up before: a transaction inside a transaction would want two connections of the pool at once.
        Actor requester = requester();
        return created(run(tx -> orders.create(tx, order("S1", "BOLT", "100", "250"), requester)));
    }

    /** A draft that was submitted to definitions that took it up. */
    public PurchaseOrder pending() {
        events.answer = STARTED_ONE;
        PurchaseOrder draft = draft();
        Actor requester = requester();
        run(tx -> orders.submit(tx, draft.id(), requester));
        return get(draft.id());
    }

    public PurchaseOrder locked() {
        PurchaseOrder pending = pending();
        approve(pending.id());
        return get(pending.id());
    }

    /** By hand, as Admin, who has not requested it. */
    public Locking approve(UUID order) {
        Actor admin = Actor.user(member("admin"));
        ByHand<Locking> byHand = run(tx -> orders.approve(tx, order, admin));
        return outcome(byHand);
    }

    /** What came of what was up to this hand. */
    public static <T> T outcome(ByHand<T> byHand) {
        return switch (byHand) {
            case ByHand.Done<T> done -> done.outcome();
            case ByHand.BeingDecided<T> decided -> throw new AssertionError(decided);
            case ByHand.Own<T> own -> throw new AssertionError(own);
        };
    }

    public PurchaseOrder get(UUID order) {
        return run(tx -> orders.get(tx, order)).orElseThrow();
    }

    public static PurchaseOrder created(Creation creation) {
        return switch (creation) {
            case Creation.Created created -> created.order();
            case Creation.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    /** One statement as the serving role. */
    public int sql(String statement, UUID id) {
        return run(tx -> tx.handle()
                .createUpdate(statement)
                .bind("tenant", tenant)
                .bind("id", id)
                .execute());
    }

    public long count(String table) {
        return run(tx -> tx.handle()
                .createQuery("select count(*) from " + table + " where tenant_id = :tenant")
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one());
    }

    public Trail trail() {
        return this::write;
    }

    private void write(
            Tx tx,
            Actor actor,
            String type,
            String resourceType,
            UUID resourceId,
            Optional<String> before,
            Optional<String> after,
            String comment) {
        trail.add(actor.name() + " " + type + " " + before.orElse("-") + " " + after.orElse("-") + ": " + comment);
    }

    /** Takes events down and answers as a test says. */
    public static final class RecordingEvents implements EventPublisher {
        public final List<NewEvent> published = Collections.synchronizedList(new ArrayList<>());
        public Published answer = NOBODY;

        /** What does not fit its type is refused, as the engine does. */
        @Override
        public Published publish(Tx tx, NewEvent event) {
            EventType type = ErpCatalogue.events().stream()
                    .filter(known -> known.name().equals(event.name()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no module declares " + event.name()));
            Fitted fitted = Shapes.fit(event.payload(), type.payload());
            if (!fitted.fits()) {
                throw new AssertionError(event.name() + " does not fit its type: " + fitted.misfits());
            }
            published.add(event);
            return answer;
        }

        public List<String> names() {
            return published.stream().map(NewEvent::name).toList();
        }
    }

    /** Takes down what is asked of approvals, and answers as a test says. */
    public static final class RecordingDocuments implements Documents {
        public final List<String> told = new ArrayList<>();
        public int waiting;
        public Fit fit = new Fit.Good();
        public List<Decider> deciders = List.of();
        public List<Actor> broughtBy = List.of();

        @Override
        public void changed(Tx tx, String entityType, UUID entityId, Actor by) {
            told.add("changed " + entityType + " by " + by.name());
        }

        @Override
        public int resubmitted(Tx tx, String entityType, UUID entityId, Actor by) {
            told.add("resubmitted " + entityType + " by " + by.name());
            return waiting;
        }

        @Override
        public List<Decider> deciders(Tx tx, String entityType, UUID entityId) {
            return deciders;
        }

        @Override
        public void withdraw(Tx tx, List<Decider> found, Actor by, String why) {
            told.add("withdrawn from " + found.size() + ": " + why);
        }

        @Override
        public boolean isBroughtBy(Tx tx, String entityType, UUID entityId, Actor person) {
            return broughtBy.contains(person);
        }

        @Override
        public Fit fits(Tx tx, UUID approval, String entityType, UUID entityId) {
            return fit;
        }
    }

    /** A definition that was asked and said no, or could not be asked. */
    public static Published declined(boolean failed, String reason) {
        var values = JsonNodeFactory.instance.objectNode().put("trigger.amount_base", new BigDecimal("29500.00"));
        return new Published(
                "e",
                List.of(),
                0,
                List.of(new Published.Declined(new UUID(2, 2), "big-orders", 3, failed, reason, values)),
                false);
    }
}
