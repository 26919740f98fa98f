package dev.millrace.server.demo;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Adjusting;
import dev.millrace.erp.Adjustment;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.InvoiceChange;
import dev.millrace.erp.InvoiceDrafted;
import dev.millrace.erp.InvoiceIntake;
import dev.millrace.erp.InvoiceMade;
import dev.millrace.erp.NewPayment;
import dev.millrace.erp.NewReceipt;
import dev.millrace.erp.NewSalesInvoice;
import dev.millrace.erp.NewSupplierInvoice;
import dev.millrace.erp.Payment;
import dev.millrace.erp.PaymentRun;
import dev.millrace.erp.Payments;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.Receipts;
import dev.millrace.erp.Receiving;
import dev.millrace.erp.Reversing;
import dev.millrace.erp.SalesInvoices;
import dev.millrace.erp.Stock;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoices;
import dev.millrace.postgres.PostgresAddress;
import dev.millrace.server.Settings;
import dev.millrace.server.wiring.Database;
import dev.millrace.server.wiring.Node;
import dev.millrace.server.wiring.Pools;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What people of acme do once orders are approved: take goods in, enter invoices, pay, sell, use up stock. By the services
 * of the ERP, as its endpoints do: everything that passes over them passes here, so that the rest of the demo does not
 * know which way it goes. Each call is one transaction. Safe for use by many threads.
 *
 * <p>The server starts what comes of it at its next look, for it was not the one who wrote it.
 */
final class Trade implements AutoCloseable {
    private static final ZoneId HERE = ZoneId.of("Asia/Kolkata");

    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private final Opening opening;
    private final Map<Person, Actor> actors = new EnumMap<>(Person.class);
    private Optional<Open> open = Optional.empty();

    private Trade(Opening opening) {
        this.opening = opening;
    }

    /** Opens the services. */
    private interface Opening {
        Open open();
    }

    /** The services, and what is to be closed after them. */
    private record Open(Node node, UUID tenant, Runnable closing) {
        Payments payments() {
            return node.erp().payments(node.engine().events(), node.trail());
        }

        Receipts receipts() {
            return node.erp().receipts(node.engine().events(), node.trail());
        }

        SupplierInvoices invoices() {
            return node.erp()
                    .supplierInvoices(node.engine().events(), node.engine().documents(), node.trail());
        }

        SalesInvoices sales() {
            return node.erp().salesInvoices(node.engine().events(), node.trail());
        }

        Stock stock() {
            return node.erp().stock(node.engine().events(), node.trail());
        }

        Actor actor(Person who) {
            return node.engine()
                    .run(
                            tenant,
                            tx -> Actor.user(node.erp()
                                    .members()
                                    .login(tx, who.email())
                                    .orElseThrow()
                                    .member()));
        }
    }

    /** On the database under a home folder; {@link #begin} is to be called first. */
    static Trade at(Path home) {
        return new Trade(() -> open(settings(home, DemoDatabase.address(home))));
    }

    /** On a database that is there. */
    static Trade on(Path home, PostgresAddress address) {
        var trade = new Trade(() -> open(settings(home, address)));
        trade.begin();
        return trade;
    }

    private static Open open(Settings settings) {
        Pools pools = Pools.open(Database.open(settings));
        Node node = Node.assemble(settings, pools);
        UUID acme = node.erp().members().companyBySlug(Person.SURESH.tenant()).orElseThrow();
        return new Open(node, acme, () -> {
            node.close();
            pools.close();
        });
    }

    private static Settings settings(Path home, PostgresAddress address) {
        var environment = Map.of(
                "MILLRACE_HOME", home.toString(),
                "MILLRACE_ROLE", "api",
                "MILLRACE_DEMO", "true",
                "MILLRACE_DATABASE_URL", address.jdbcUrl(),
                "MILLRACE_DATABASE_USER", address.user(),
                "MILLRACE_DATABASE_PASSWORD", address.password());
        return switch (Settings.read(environment)) {
            case Settings.Read.Good good -> good.settings();
            case Settings.Read.Wrong wrong -> throw new DemoFailed(String.join("; ", wrong.messages()));
        };
    }

    /** The database is there. */
    void begin() {
        gate.writeLock().lock();
        try {
            open = Optional.of(opening.open());
        } finally {
            gate.writeLock().unlock();
        }
    }

    /**
     * Has the server killed and started again while nobody is at work here; its database goes with it.
     *
     * @param killing comes first, so that it finds the server at work
     */
    void whileResting(Runnable killing, Runnable starting) {
        gate.writeLock().lock();
        try {
            killing.run();
            end();
            starting.run();
            open = Optional.of(opening.open());
        } finally {
            gate.writeLock().unlock();
        }
    }

    /**
     * Goods came for a line of an order, or a service was done.
     *
     * @return the receipt
     * @throws TradeRefused they were not taken in
     */
    UUID receive(Person who, UUID order, int line, BigDecimal quantity) {
        return as(who, (tx, work) -> switch (work.open()
                .receipts()
                .post(tx, NewReceipt.of(order, List.of(NewReceipt.Line.of(line, quantity))), work.actor())) {
            case Receiving.Received received -> received.receipt().id();
            case Receiving.OrderNotFound none -> throw notFound(none.order());
            case Receiving.WrongState wrong ->
                throw new TradeRefused(
                        "wrong_state",
                        wrong.order().number() + " is " + wrong.order().status());
            case Receiving.Refused refused -> throw refused(refused.problems());
        });
    }

    /** Goods went back. */
    void giveBack(Person who, UUID receipt, String reason) {
        as(who, (tx, work) -> switch (work.open().receipts().reverse(tx, receipt, reason, work.actor())) {
            case Reversing.Reversed reversed -> reversed.changed();
            case Reversing.NotFound none -> throw notFound(none.receipt());
            case Reversing.WrongState wrong ->
                throw new TradeRefused("wrong_state", wrong.order().number());
            case Reversing.Invoiced invoiced ->
                throw new TradeRefused("invoiced", "line " + invoiced.line().lineNo());
            case Reversing.Insufficient less ->
                throw new TradeRefused("insufficient_stock", less.level().itemCode());
        });
    }

    /**
     * A supplier's invoice came.
     *
     * @return its id
     */
    UUID bill(Person who, NewSupplierInvoice invoice) {
        return as(who, (tx, work) -> switch (work.open().invoices().receive(tx, invoice, work.actor())) {
            case InvoiceIntake.Received received -> received.invoice().id();
            case InvoiceIntake.Refused refused -> throw refused(refused.problems());
        });
    }

    /** A supplier's invoice as it is now, without its lines. */
    SupplierInvoice.Header look(Person who, UUID invoice) {
        return as(who, (tx, work) -> work.open().invoices().get(tx, invoice).orElseThrow(() -> notFound(invoice)))
                .header();
    }

    /** Suppliers' invoices that are in the books and not paid, by id. */
    Map<UUID, SupplierInvoice.Header> unpaid(Person who) {
        return as(
                who,
                (tx, work) -> work
                        .open()
                        .invoices()
                        .list(
                                tx,
                                Optional.of(SupplierInvoice.Status.RELEASED),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                SupplierInvoices.PAGE_MOST)
                        .stream()
                        .collect(Collectors.toMap(SupplierInvoice.Header::id, header -> header)));
    }

    /** A supplier takes an invoice back. */
    void takeBack(Person who, SupplierInvoice.Header invoice, String reason) {
        as(who, (tx, work) -> {
            SupplierInvoices invoices = work.open().invoices();
            InvoiceChange change = invoice.status().isPosted()
                    ? invoices.reverse(tx, invoice.id(), reason, work.actor())
                    : invoices.cancel(tx, invoice.id(), reason, work.actor());
            return switch (change) {
                case InvoiceChange.Done done -> done.changed();
                case InvoiceChange.NotFound none -> throw notFound(none.id());
                case InvoiceChange.Refused refused -> throw new TradeRefused(refused.code(), refused.message());
            };
        });
    }

    /**
     * Drafts a payment to a supplier that pays these invoices in full.
     *
     * @param amounts by the invoice's id
     * @return the payment
     */
    UUID draftPayment(Person who, UUID supplier, Map<UUID, BigDecimal> amounts) {
        var payment = new NewPayment(
                Payment.Direction.OUTGOING,
                Payment.PartyType.SUPPLIER,
                supplier,
                amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                Optional.empty(),
                Optional.empty(),
                amounts.entrySet().stream()
                        .map(e -> new NewPayment.Allocation("supplier_invoice", e.getKey(), e.getValue()))
                        .toList(),
                Payment.Method.BANK_TRANSFER,
                Optional.empty(),
                Optional.empty());
        return as(
                who,
                (tx, work) ->
                        work.open().payments().create(tx, payment, work.actor()).id());
    }

    /** Posts a draft that is in no run. */
    void postPayment(Person who, UUID payment) {
        as(
                who,
                (tx, work) ->
                        work.open().payments().post(tx, payment, work.actor()).number());
    }

    /** Proposes a run of drafts, to be paid today. */
    PaymentRun proposeRun(Person who, List<UUID> payments) {
        return as(
                who,
                (tx, work) -> work.open()
                        .payments()
                        .propose(
                                tx,
                                new PaymentRun.Proposal(
                                        "HDFC current account",
                                        tx.now().atZone(HERE).toLocalDate(),
                                        Optional.empty(),
                                        payments,
                                        false),
                                work.actor()));
    }

    /** What there is of everything, by item and warehouse. */
    List<StockLevel> stock(Person who) {
        return as(
                who,
                (tx, work) ->
                        work.open().stock().levels(tx, Optional.empty(), false, Stock.After.START, Stock.PAGE_MOST));
    }

    /** Takes something out of the store. */
    void withdraw(Person who, StockLevel level, BigDecimal quantity, String note) {
        var adjustment = new Adjustment(
                level.key(), quantity.negate(), StockMovement.Reason.OTHER, Optional.empty(), true, Optional.of(note));
        as(who, (tx, work) -> {
            if (work.open().stock().adjust(tx, adjustment, work.actor()) instanceof Adjusting.Adjusted adjusted) {
                return adjusted.movement().id();
            }
            throw new TradeRefused("not_withdrawn", level.itemCode());
        });
    }

    /**
     * Makes a tax invoice of today.
     *
     * @return its id
     */
    UUID sell(Person who, NewSalesInvoice invoice) {
        return as(who, (tx, work) -> {
            SalesInvoices sales = work.open().sales();
            if (!(sales.draft(tx, invoice, work.actor()) instanceof InvoiceDrafted.Drafted drafted)) {
                throw new TradeRefused("invalid_input", "the sales invoice is not as it should be");
            }
            return switch (sales.make(tx, drafted.invoice().id(), work.actor())) {
                case InvoiceMade.Done done -> done.invoice().id();
                case InvoiceMade.NotFound none -> throw notFound(none.id());
                case InvoiceMade.Refused refused -> throw new TradeRefused(refused.code(), refused.message());
            };
        });
    }

    /** Who works, and with what. */
    private record Work(Open open, Actor actor) {}

    private <T> T as(Person who, BiFunction<Tx, Work, T> what) {
        gate.readLock().lock();
        try {
            Open services = open.orElseThrow(() -> new IllegalStateException("begin() comes first"));
            var work = new Work(services, actor(services, who));
            return services.node().engine().run(services.tenant(), tx -> what.apply(tx, work));
        } catch (PostingRefused e) {
            throw new TradeRefused(e.code(), String.valueOf(e.getMessage()));
        } finally {
            gate.readLock().unlock();
        }
    }

    private Actor actor(Open services, Person who) {
        synchronized (actors) {
            return actors.computeIfAbsent(who, services::actor);
        }
    }

    private static TradeRefused notFound(UUID id) {
        return new TradeRefused("not_found", id.toString());
    }

    private static TradeRefused refused(List<InputProblem> problems) {
        return new TradeRefused(problems.getFirst().code(), problems.getFirst().message());
    }

    private void end() {
        open.ifPresent(services -> services.closing().run());
        open = Optional.empty();
    }

    @Override
    public void close() {
        gate.writeLock().lock();
        try {
            end();
        } finally {
            gate.writeLock().unlock();
        }
    }
}
