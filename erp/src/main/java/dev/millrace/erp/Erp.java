package dev.millrace.erp;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Documents;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Action;
import dev.millrace.erp.CompanyDays.Duty;
import dev.millrace.erp.core.AssignTask;
import dev.millrace.erp.core.Letter;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.core.TenantDirectory;
import dev.millrace.erp.core.Vault;
import dev.millrace.erp.delivery.DeliveryDesk;
import dev.millrace.erp.delivery.DeliveryReversal;
import dev.millrace.erp.gst.CancelIrn;
import dev.millrace.erp.gst.GenerateInvoice;
import dev.millrace.erp.gst.Gstin;
import dev.millrace.erp.gst.HttpIrpClient;
import dev.millrace.erp.gst.InvoiceDrafts;
import dev.millrace.erp.gst.InvoiceRows;
import dev.millrace.erp.gst.IrpClient;
import dev.millrace.erp.gst.IrpSandbox;
import dev.millrace.erp.gst.OverdueSalesInvoices;
import dev.millrace.erp.gst.PurchaseBooks;
import dev.millrace.erp.gst.ReconcileGstr2b;
import dev.millrace.erp.gst.ReturnBooks;
import dev.millrace.erp.gst.ReturnDesk;
import dev.millrace.erp.gst.ReturnSummary;
import dev.millrace.erp.gst.SalesInvoicePayable;
import dev.millrace.erp.gst.SubmitToIrp;
import dev.millrace.erp.imports.CustomerImport;
import dev.millrace.erp.imports.ItemImport;
import dev.millrace.erp.imports.KindImport;
import dev.millrace.erp.imports.StockImport;
import dev.millrace.erp.imports.SupplierImport;
import dev.millrace.erp.inventory.AdjustStock;
import dev.millrace.erp.inventory.ItemFacts;
import dev.millrace.erp.inventory.StockAdjustments;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.StockOpening;
import dev.millrace.erp.ledger.ClosePeriod;
import dev.millrace.erp.ledger.EndOfMonth;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.PeriodStates;
import dev.millrace.erp.ledger.PostJournalEntry;
import dev.millrace.erp.ledger.ReverseJournal;
import dev.millrace.erp.message.SendNotification;
import dev.millrace.erp.payables.HoldSupplierInvoice;
import dev.millrace.erp.payables.InvoiceBooks;
import dev.millrace.erp.payables.InvoiceDocument;
import dev.millrace.erp.payables.InvoiceEvents;
import dev.millrace.erp.payables.InvoiceMatching;
import dev.millrace.erp.payables.InvoicePayable;
import dev.millrace.erp.payables.InvoiceRelease;
import dev.millrace.erp.payables.InvoiceStates;
import dev.millrace.erp.payables.MatchSupplierInvoice;
import dev.millrace.erp.payables.OpenInvoices;
import dev.millrace.erp.payables.OverdueInvoices;
import dev.millrace.erp.payables.ReceiptArrivals;
import dev.millrace.erp.payables.RejectSupplierInvoice;
import dev.millrace.erp.payables.ReleaseSupplierInvoice;
import dev.millrace.erp.payables.UnpostedInvoices;
import dev.millrace.erp.payments.ApproveExpenseClaim;
import dev.millrace.erp.payments.CancelPaymentRun;
import dev.millrace.erp.payments.ClaimDocument;
import dev.millrace.erp.payments.ClaimPayable;
import dev.millrace.erp.payments.ClaimStates;
import dev.millrace.erp.payments.CreatePayment;
import dev.millrace.erp.payments.EmployeePayee;
import dev.millrace.erp.payments.Payables;
import dev.millrace.erp.payments.PaymentEntry;
import dev.millrace.erp.payments.PaymentStates;
import dev.millrace.erp.payments.RejectExpenseClaim;
import dev.millrace.erp.payments.ReleasePaymentRun;
import dev.millrace.erp.payments.RunDocument;
import dev.millrace.erp.payments.RunStates;
import dev.millrace.erp.pricing.ApplyPriceChange;
import dev.millrace.erp.pricing.PriceChangeDesk;
import dev.millrace.erp.pricing.PriceChangeDocument;
import dev.millrace.erp.pricing.PriceChangeEvents;
import dev.millrace.erp.pricing.SellingPrices;
import dev.millrace.erp.procurement.CancelPurchaseOrder;
import dev.millrace.erp.procurement.CreatePurchaseOrder;
import dev.millrace.erp.procurement.LockPurchaseOrder;
import dev.millrace.erp.procurement.OrderDocument;
import dev.millrace.erp.procurement.OrderDrafting;
import dev.millrace.erp.procurement.OrderEntry;
import dev.millrace.erp.procurement.OrderStates;
import dev.millrace.erp.procurement.OrderSubmission;
import dev.millrace.erp.procurement.SetSupplierStatus;
import dev.millrace.erp.procurement.SupplierDocument;
import dev.millrace.erp.procurement.SupplierEntry;
import dev.millrace.erp.procurement.SupplierEvents;
import dev.millrace.erp.procurement.SupplierPayee;
import dev.millrace.erp.procurement.SupplierRows;
import dev.millrace.erp.procurement.SupplierStates;
import dev.millrace.erp.procurement.SupplierVault;
import dev.millrace.erp.procurement.VerifySupplierBank;
import dev.millrace.erp.query.Entities;
import dev.millrace.erp.query.GetEntity;
import dev.millrace.erp.query.ListEntities;
import dev.millrace.erp.query.WriteNote;
import dev.millrace.erp.receiving.ReceiptDesk;
import dev.millrace.erp.receiving.ReceiptReversal;
import dev.millrace.erp.receiving.ReorderDesk;
import dev.millrace.erp.receiving.TriggerReorder;
import dev.millrace.erp.sales.CancelSalesOrder;
import dev.millrace.erp.sales.ConfirmSalesOrder;
import dev.millrace.erp.sales.CreditExposure;
import dev.millrace.erp.sales.CustomerDesk;
import dev.millrace.erp.sales.CustomerPayee;
import dev.millrace.erp.sales.HoldSalesOrder;
import dev.millrace.erp.sales.SalesOrderDocument;
import dev.millrace.erp.sales.SalesOrderEntry;
import dev.millrace.erp.sales.SalesOrderEvents;
import dev.millrace.erp.sales.SalesOrderRevision;
import dev.millrace.erp.sales.SalesOrderStates;
import dev.millrace.erp.sales.SalesOrderSubmission;
import dev.millrace.erp.sales.SetCreditHold;
import dev.millrace.erp.webhook.PostWebhook;
import dev.millrace.erp.webhook.Signing;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The ERP put together. What the engine needs ({@link #directory()}, {@link #actions()}) needs nothing of the engine;
 * what publishes events takes the engine's publisher when it is there.
 */
public final class Erp {
    /** Where the migrations are, for {@code Schema.migrate}. */
    public static final List<String> MIGRATIONS = List.of("classpath:db/erp");

    private final Transactions transactions;
    private final Channels channels;
    private final Letter letter;
    private final Vault vault;
    private final Supplier<UUID> ids;
    private final TenantDirectory directory;
    private final Entities entities;
    private final OrderStates states;
    private final SupplierVault supplierVault;
    private final SupplierStates supplierStates;
    private final Ledger ledger;
    private final StockBook book;
    private final StockAdjustments adjustments;
    private final OrderDrafting drafting;
    private final OrderSubmission submission;
    private final PeriodStates periods;
    private final InvoiceMatching invoiceMatching = new InvoiceMatching();
    private final InvoiceStates invoiceStates = new InvoiceStates(invoiceMatching);
    private final InvoiceRelease invoiceRelease;
    private final IrpSandbox sandbox;
    private final IrpClient portal;
    private final InvoiceDrafts invoices;
    private final PurchaseBooks purchases = new InvoiceBooks();
    private final PaymentEntry paymentEntry;
    private final PaymentStates payments;
    private final RunStates runs;
    private final ClaimStates claims;
    private final CreditExposure credit = new CreditExposure(new InvoiceRows()::oldestOverdueDays);
    private final SalesOrderStates salesStates;
    private final PriceChangeDesk prices;
    private volatile Optional<Trail> trail = Optional.empty();

    /**
     * @param mail {@link MailSender#SANDBOX} where none is configured
     * @param publicUrl where people reach the web app
     */
    public Erp(Transactions transactions, MailSender mail, String publicUrl) {
        this(transactions, Channels.only(mail), publicUrl);
    }

    /**
     * @param publicUrl where people reach the web app
     */
    public Erp(Transactions transactions, Channels channels, String publicUrl) {
        this(transactions, channels, publicUrl, Optional.empty());
    }

    /**
     * @param publicUrl where people reach the web app
     * @param irp where tax invoices are registered; empty: at a portal in this process
     */
    public Erp(Transactions transactions, Channels channels, String publicUrl, Optional<IrpSettings> irp) {
        this.transactions = transactions;
        this.channels = channels;
        this.letter = new Letter(channels.mail(), publicUrl.replaceAll("/+$", ""));
        this.vault = new Vault(channels.master(), channels.random());
        this.ids = UuidCreator::getTimeOrderedEpochPlus1;
        this.ledger = new Ledger(ids);
        this.book = new StockBook(ids, new SupplierRows()::name);
        this.states = new OrderStates(book);
        this.supplierVault = new SupplierVault(vault);
        this.supplierStates = new SupplierStates(supplierVault, new OpenInvoices());
        this.adjustments = new StockAdjustments(book, ledger);
        this.invoiceRelease = new InvoiceRelease(invoiceMatching, invoiceStates, ledger);
        // Whatever is paid, and whoever pays or is paid, is to be named here.
        var payables = new Payables(
                List.of(new InvoicePayable(), new ClaimPayable(), new SalesInvoicePayable(credit)),
                List.of(new SupplierPayee(), new EmployeePayee(), new CustomerPayee()));
        this.paymentEntry = new PaymentEntry(ids, payables);
        this.payments = new PaymentStates(ledger, payables);
        this.runs = new RunStates(ids, paymentEntry, payments, payables);
        this.claims = new ClaimStates(ids, ledger);
        this.sandbox = new IrpSandbox(transactions);
        this.portal = irp.<IrpClient>map(HttpIrpClient::new).orElse(sandbox);
        this.invoices = new InvoiceDrafts(ids, ledger, credit);
        this.salesStates = new SalesOrderStates(book, credit);
        this.prices = new PriceChangeDesk(ids, book);
        // Whoever has documents to post is to be named here.
        this.periods = new PeriodStates(List.of(new UnpostedInvoices(), payments::unposted, claims::unposted));
        this.directory = new TenantDirectory(
                ids,
                Map.of(
                        "purchase_order",
                        new OrderDocument(this::journal),
                        SupplierEvents.TYPE,
                        new SupplierDocument(),
                        SalesOrderEvents.ORDER,
                        new SalesOrderDocument(this::journal),
                        PriceChangeEvents.PRICE_CHANGE,
                        new PriceChangeDocument(),
                        InvoiceEvents.TYPE,
                        new InvoiceDocument(),
                        "expense_claim",
                        new ClaimDocument(),
                        "payment_run",
                        new RunDocument()));
        this.entities = new Entities(directory, ErpCatalogue.READABLE);
        this.drafting = new OrderDrafting(directory, new OrderEntry(ids));
        this.submission = new OrderSubmission(directory, ids, states);
    }

    /**
     * Where what is done to documents at the engine's bidding is journaled: in the engine's journal, as soon as there is
     * an engine, and before it starts.
     */
    public void journalTo(Trail journal) {
        this.trail = Optional.of(journal);
    }

    private void journal(
            Tx tx,
            Actor actor,
            String type,
            String resourceType,
            UUID resourceId,
            Optional<String> before,
            Optional<String> after,
            String comment) {
        trail.orElseThrow(() -> new IllegalStateException("there is no journal yet: call journalTo first"))
                .write(tx, actor, type, resourceType, resourceId, before, after, comment);
    }

    /** What the engine asks about a company and its people. */
    public Directory directory() {
        return directory;
    }

    /** Every action of every module, for the engine's catalogue. */
    public List<Action> actions() {
        return List.of(
                new SendNotification(transactions, directory, letter, channels.whatsApp(), ids),
                new PostWebhook(transactions, directory, new Signing(vault), channels.route(), channels.clock()),
                new AssignTask(directory, ids),
                new ListEntities(entities),
                new GetEntity(entities),
                new WriteNote(entities),
                new LockPurchaseOrder(states),
                new CancelPurchaseOrder(states),
                new CreatePurchaseOrder(drafting, submission),
                new SetSupplierStatus(supplierStates),
                new VerifySupplierBank(supplierStates),
                new AdjustStock(adjustments),
                new TriggerReorder(new ReorderDesk(ids, book, drafting, submission)),
                new PostJournalEntry(ledger),
                new ReverseJournal(ledger),
                new ClosePeriod(periods),
                new MatchSupplierInvoice(invoiceMatching),
                new ReleaseSupplierInvoice(invoiceRelease),
                new HoldSupplierInvoice(invoiceStates),
                new RejectSupplierInvoice(invoiceStates),
                new GenerateInvoice(invoices),
                new SubmitToIrp(transactions, portal),
                new CancelIrn(transactions, portal, ledger, credit),
                new ReconcileGstr2b(purchases),
                new ReturnSummary(purchases),
                new SetCreditHold(),
                new ConfirmSalesOrder(salesStates),
                new HoldSalesOrder(salesStates),
                new CancelSalesOrder(salesStates),
                new ApplyPriceChange(prices),
                new CreatePayment(paymentEntry, payments),
                new ReleasePaymentRun(runs),
                new CancelPaymentRun(runs),
                new ApproveExpenseClaim(claims),
                new RejectExpenseClaim(claims));
    }

    public Members members() {
        return new Members(transactions);
    }

    public PolicySettings policies(Trail trail) {
        return new PolicySettings(trail);
    }

    public WebhookHosts webhookHosts(Trail trail) {
        return new WebhookHosts(policies(trail));
    }

    public MessageTemplates messageTemplates(Trail trail) {
        return new MessageTemplates(trail, ids);
    }

    public Tasks tasks(Trail trail) {
        return new Tasks(trail, directory);
    }

    public WhatsAppReports whatsAppReports() {
        return new WhatsAppReports(transactions);
    }

    public WebhookSecrets webhookSecrets(Trail trail) {
        return new WebhookSecrets(trail, vault, channels.random(), ids);
    }

    public CalendarSettings calendars(Trail trail) {
        return new CalendarSettings(trail);
    }

    public Delegations delegations(Trail trail) {
        return new Delegations(trail, directory, ids);
    }

    public ModuleSettings modules(Trail trail) {
        return new ModuleSettings(trail);
    }

    public Membership membership(Trail trail) {
        return new Membership(trail);
    }

    public Masters masters() {
        return new Masters(new StockOpening(ids, ledger));
    }

    public Receipts receipts(EventPublisher events, Trail trail) {
        return new Receipts(
                events,
                trail,
                new ReceiptDesk(ids, book, ledger, List.of(new ReceiptArrivals())),
                new ReceiptReversal(book, ledger));
    }

    public Stock stock(EventPublisher events, Trail trail) {
        return new Stock(events, trail, book, adjustments);
    }

    public Items items(Trail trail) {
        return new Items(trail, new SupplierRows()::name);
    }

    public Warehouses warehouses(Trail trail) {
        return new Warehouses(trail);
    }

    public Imports imports() {
        return new Imports(ids, importKinds());
    }

    public ImportRunner importRunner(Trail trail) {
        return new ImportRunner(transactions, trail, importKinds());
    }

    private Map<ImportKind, KindImport> importKinds() {
        return Map.of(
                ImportKind.SUPPLIERS,
                new SupplierImport(ids, masters()),
                ImportKind.CUSTOMERS,
                new CustomerImport(ids, customers()),
                ImportKind.ITEMS,
                new ItemImport(ids, new ItemFacts(new SupplierRows()::name)),
                ImportKind.OPENING_STOCK,
                new StockImport(masters(), this::journal));
    }

    public Inbox inbox() {
        return new Inbox();
    }

    public Preferences preferences(Trail trail) {
        return new Preferences(trail);
    }

    public DecisionLinks decisionLinks() {
        return new DecisionLinks(transactions, new SecureRandom());
    }

    /** @param addresses who keeps the heads; {@code source} reads and signs one */
    public HeadsByMail headsByMail(Trail trail, List<String> addresses, HeadsByMail.Source source) {
        return new HeadsByMail(transactions, ids, trail, addresses, source);
    }

    public NotificationSender notificationSender() {
        return new NotificationSender(transactions, letter, decisionLinks());
    }

    /** @param shelf where the definitions that a company begins with go */
    public TenantOnboarding onboarding(Trail trail, SeededTemplates.Shelf shelf) {
        return new TenantOnboarding(trail, ids, shelf);
    }

    public Orders orders(EventPublisher events, Documents documents, Trail trail) {
        return new Orders(events, documents, trail, directory, ids, states);
    }

    public Suppliers suppliers(EventPublisher events, Documents documents, Trail trail) {
        return new Suppliers(
                events, documents, trail, new SupplierEntry(ids, supplierVault), supplierStates, supplierVault);
    }

    public Customers customers() {
        return new Customers(new CustomerDesk(ids, text -> Gstin.of(text).isPresent(), this::journal));
    }

    public SalesOrders salesOrders(EventPublisher events, Documents documents, Trail trail) {
        return new SalesOrders(
                events,
                documents,
                trail,
                new SalesOrderEntry(ids, book),
                new SalesOrderRevision(documents, ids, book),
                new SalesOrderSubmission(directory, ids, salesStates),
                salesStates);
    }

    public Deliveries deliveries(EventPublisher events, Trail trail) {
        return new Deliveries(events, trail, new DeliveryDesk(ids, book, ledger), new DeliveryReversal(book, ledger));
    }

    public PriceChanges priceChanges(EventPublisher events, Documents documents, Trail trail) {
        return new PriceChanges(events, documents, trail, prices);
    }

    public SalesInvoices salesInvoices(EventPublisher events, Trail trail) {
        return new SalesInvoices(invoices, events, trail);
    }

    public GstReturns gstReturns(EventPublisher events, Trail trail) {
        return new GstReturns(new ReturnDesk(ids), new ReturnBooks(purchases), events, trail);
    }

    /** The portal in this process, which can be told to behave badly. */
    IrpSandbox irpSandbox() {
        return sandbox;
    }

    /** What every company's days bring; whoever has something to say when one begins is to be named here. */
    public CompanyDays days(EventPublisher events, Trail trail) {
        return new CompanyDays(
                transactions,
                new ServiceHerald(events, trail, Actor.SYSTEM),
                List.of(
                        new Duty("finance", new OverdueInvoices()),
                        new Duty("finance", new OverdueSalesInvoices()),
                        new Duty("finance", new EndOfMonth(periods)),
                        new Duty("sales", (tx, day, herald) -> new SellingPrices().takeEffect(tx))));
    }

    public Journals journals(EventPublisher events, Trail trail) {
        return new Journals(events, trail, ledger);
    }

    public Periods periods(EventPublisher events, Trail trail) {
        return new Periods(events, trail, periods);
    }

    public SupplierInvoices supplierInvoices(EventPublisher events, Documents documents, Trail trail) {
        return new SupplierInvoices(events, documents, trail, ids, invoiceMatching, invoiceStates, invoiceRelease);
    }

    public Payments payments(EventPublisher events, Documents documents, Trail trail) {
        return new Payments(events, documents, trail, paymentEntry, payments, runs);
    }

    public ExpenseClaims expenseClaims(EventPublisher events, Documents documents, Trail trail) {
        return new ExpenseClaims(events, documents, trail, claims);
    }

    /** New time-ordered ids, for those who write rows of the ERP. */
    public Supplier<UUID> ids() {
        return ids;
    }
}
