package dev.millrace.erp;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Documents;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Action;
import dev.millrace.erp.core.AssignTask;
import dev.millrace.erp.core.Letter;
import dev.millrace.erp.core.TenantDirectory;
import dev.millrace.erp.core.Vault;
import dev.millrace.erp.inventory.AdjustStock;
import dev.millrace.erp.inventory.StockAdjustments;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.ledger.ClosePeriod;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.ledger.PeriodStates;
import dev.millrace.erp.ledger.PostJournalEntry;
import dev.millrace.erp.ledger.ReverseJournal;
import dev.millrace.erp.procurement.CancelPurchaseOrder;
import dev.millrace.erp.procurement.CreatePurchaseOrder;
import dev.millrace.erp.procurement.LockPurchaseOrder;
import dev.millrace.erp.procurement.OrderDocument;
import dev.millrace.erp.procurement.OrderDrafting;
import dev.millrace.erp.procurement.OrderEntry;
import dev.millrace.erp.procurement.OrderStates;
import dev.millrace.erp.message.SendNotification;
import dev.millrace.erp.webhook.PostWebhook;
import dev.millrace.erp.webhook.Signing;
import dev.millrace.erp.procurement.OrderSubmission;
import dev.millrace.erp.procurement.SupplierRows;
import dev.millrace.erp.receiving.ReceiptDesk;
import dev.millrace.erp.receiving.ReceiptReversal;
import dev.millrace.erp.receiving.ReorderDesk;
import dev.millrace.erp.receiving.TriggerReorder;
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
    private final OrderStates states;
    private final Ledger ledger;
    private final StockBook book;
    private final StockAdjustments adjustments;
    private final OrderDrafting drafting;
    private final OrderSubmission submission;
    private final PeriodStates periods;
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
        this.transactions = transactions;
        this.channels = channels;
        this.letter = new Letter(channels.mail(), publicUrl.replaceAll("/+$", ""));
        this.vault = new Vault(channels.master(), channels.random());
        this.ids = UuidCreator::getTimeOrderedEpochPlus1;
        this.ledger = new Ledger(ids);
        this.book = new StockBook(ids, new SupplierRows()::name);
        this.states = new OrderStates(book);
        this.adjustments = new StockAdjustments(book, ledger);
        // Whoever has documents to post is to be named here.
        this.periods = new PeriodStates(List.of());
        this.directory = new TenantDirectory(ids, Map.of("purchase_order", new OrderDocument(this::journal)));
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
                new LockPurchaseOrder(states),
                new CancelPurchaseOrder(states),
                new CreatePurchaseOrder(drafting, submission),
                new AdjustStock(adjustments),
                new TriggerReorder(new ReorderDesk(ids, book, drafting, submission)),
                new PostJournalEntry(ledger),
                new ReverseJournal(ledger),
                new ClosePeriod(periods));
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
        return new Masters(ids);
    }

    public Receipts receipts(EventPublisher events, Trail trail) {
        return new Receipts(
                events, trail, new ReceiptDesk(ids, book, ledger, List.of()), new ReceiptReversal(book, ledger));
    }

    public Stock stock(EventPublisher events, Trail trail) {
        return new Stock(events, trail, book, adjustments);
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

    public NotificationSender notificationSender() {
        return new NotificationSender(transactions, letter, decisionLinks());
    }

    public TenantOnboarding onboarding(Trail trail) {
        return new TenantOnboarding(trail, ids);
    }

    public Orders orders(EventPublisher events, Documents documents, Trail trail) {
        return new Orders(events, documents, trail, directory, ids, states);
    }

    public Journals journals(EventPublisher events, Trail trail) {
        return new Journals(events, trail, ledger);
    }

    public Periods periods(EventPublisher events, Trail trail) {
        return new Periods(events, trail, periods);
    }

    /** New time-ordered ids, for those who write rows of the ERP. */
    public Supplier<UUID> ids() {
        return ids;
    }
}
