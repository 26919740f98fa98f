package dev.millrace.engine;

import dev.millrace.engine.action.Action;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.approval.ApprovalDesk;
import dev.millrace.engine.approval.ApprovalRows;
import dev.millrace.engine.approval.ApprovalWaits;
import dev.millrace.engine.approval.Approvers;
import dev.millrace.engine.approval.Attention;
import dev.millrace.engine.approval.AutoApprove;
import dev.millrace.engine.approval.Bell;
import dev.millrace.engine.approval.Deciders;
import dev.millrace.engine.approval.DocumentWatch;
import dev.millrace.engine.approval.EscalateApproval;
import dev.millrace.engine.approval.HandOver;
import dev.millrace.engine.approval.Office;
import dev.millrace.engine.approval.RequestApproval;
import dev.millrace.engine.approval.RequestListRows;
import dev.millrace.engine.approval.SendingBack;
import dev.millrace.engine.approval.VoteRows;
import dev.millrace.engine.core.CoreActions;
import dev.millrace.engine.core.RunWorkflow;
import dev.millrace.engine.core.WaitForEvent;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.AdvanceRows;
import dev.millrace.engine.execution.BulkRows;
import dev.millrace.engine.execution.EventMatcher;
import dev.millrace.engine.execution.ExecutionRows;
import dev.millrace.engine.execution.Family;
import dev.millrace.engine.execution.GroupCommit;
import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.KeyRows;
import dev.millrace.engine.execution.LateAnswers;
import dev.millrace.engine.execution.RetryRows;
import dev.millrace.engine.execution.Services;
import dev.millrace.engine.execution.SettleRows;
import dev.millrace.engine.execution.StartRows;
import dev.millrace.engine.execution.ViewRows;
import dev.millrace.engine.execution.WaitRows;
import dev.millrace.engine.hint.HintingHost;
import dev.millrace.engine.hint.Hints;
import dev.millrace.engine.journal.FollowerRows;
import dev.millrace.engine.journal.Retention;
import dev.millrace.engine.journal.RetentionRows;
import dev.millrace.engine.journal.Sealer;
import dev.millrace.engine.policy.PolicyGate;
import dev.millrace.engine.policy.RulesInForce;
import dev.millrace.engine.queue.DueRows;
import dev.millrace.engine.queue.Worker;
import dev.millrace.engine.request.AnswerRows;
import dev.millrace.engine.trigger.EventIntake;
import dev.millrace.engine.trigger.EventLogRows;
import dev.millrace.engine.trigger.EventRows;
import dev.millrace.engine.trigger.LateStart;
import dev.millrace.engine.trigger.Registration;
import dev.millrace.engine.trigger.ScheduleRows;
import dev.millrace.engine.trigger.Scheduler;
import dev.millrace.engine.trigger.Starter;
import dev.millrace.language.EntityType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The engine of one node. Made by {@link Setup}, started once, closed once. A Java program that has a PostgreSQL, a
 * {@link Directory} and actions of its own needs nothing else.
 */
public final class Engine implements AutoCloseable {
    /** Loops that are woken when there is something to do look without that only in case that the look for it is stuck. */
    private static final Duration UNWOKEN = Duration.ofSeconds(30);

    /** For hints of one moment to come together. */
    private static final Duration MATCH_AFTER = Duration.ofMillis(5);

    private final Jdbi jdbi;
    private final Transactions transactions;
    private final ActionRegistry actions;
    private final EventTypes eventTypes;
    private final Catalogues catalogues;
    private final Definitions definitions;
    private final Executions executions;
    private final Retries retries;
    private final Bulks bulks;
    private final IdempotencyKeys idempotencyKeys;
    private final Approvals approvals;
    private final Documents documents;
    private final EventIntake events;
    private final EventLog eventLog;
    private final Timelines timelines;
    private final Journal journal;
    private final Clock clock;
    private final JournalReaders readers;
    private final Scheduler scheduler;
    private final Family family;
    private final EventMatcher matcher;
    private final Hints hints;
    private final RegularLoop scheduleLoop;
    private final RegularLoop matchLoop;
    private final RegularLoop bulkLoop;
    private final DueRows due;
    private final RegularLoop dueLoop;
    private final Worker worker;
    private final NodeSettings settings;
    private final RulesInForce rules;

    /**
     * What an engine is made of.
     *
     * @param serving connections of the serving role, which is neither owner nor superuser
     * @param committers connections of the same role for the group commit alone: as many as {@code commitSlots}
     * @param entities every entity of every module
     * @param hints how nodes wake each other
     * @param retention how long what is over is kept
     * @param machine the clocks of the machine: may lie
     */
    public record Setup(
            DataSource serving,
            DataSource committers,
            int commitSlots,
            NodeSettings settings,
            Directory directory,
            ActionRegistry actions,
            EventTypes events,
            List<EntityType> entities,
            Holds holds,
            HintChannel hints,
            RetentionSettings retention,
            MachineClock machine) {
        /** Of a node with the machine's own clocks. */
        public Setup(
                DataSource serving,
                DataSource committers,
                int commitSlots,
                NodeSettings settings,
                Directory directory,
                ActionRegistry actions,
                EventTypes events,
                List<EntityType> entities,
                Holds holds,
                HintChannel hints,
                RetentionSettings retention) {
            this(
                    serving,
                    committers,
                    commitSlots,
                    settings,
                    directory,
                    actions,
                    events,
                    entities,
                    holds,
                    hints,
                    retention,
                    MachineClock.OWN);
        }

        /** Of a node without others, or one that finds out at its next poll what they did. */
        public Setup(
                DataSource serving,
                DataSource committers,
                int commitSlots,
                NodeSettings settings,
                Directory directory,
                ActionRegistry actions,
                EventTypes events,
                List<EntityType> entities,
                Holds holds) {
            this(
                    serving,
                    committers,
                    commitSlots,
                    settings,
                    directory,
                    actions,
                    events,
                    entities,
                    holds,
                    HintChannel.NONE,
                    RetentionSettings.USUAL);
        }
    }

    public Engine(Setup setup) {
        Supplier<UUID> ids = setup.machine().ids();
        this.settings = setup.settings();
        this.jdbi = Jdbi.create(setup.serving());
        this.transactions = new Transactions(jdbi);
        this.actions = setup.actions();
        this.eventTypes = setup.events();
        var databaseClock = new DatabaseClock(readNow(jdbi), setup.machine().elapsedNanos());
        var approvalRows = new ApprovalRows();
        var votes = new VoteRows();
        var approvers = new Approvers(setup.directory(), votes);
        registerOwn(actions, setup.directory(), approvalRows, approvers, ids);

        var definitionRows = new DefinitionRows();
        var compiled = new CompiledDefinitions(actions);
        var scheduleRows = new ScheduleRows();
        var registration = new Registration(setup.directory(), definitionRows, scheduleRows);
        this.catalogues = new Catalogues(actions, eventTypes, setup.entities(), setup.directory(), definitionRows);
        this.hints = new Hints(settings.node(), setup.hints());
        this.readers = new JournalReaders(
                transactions,
                new Sealer(jdbi, transactions),
                new FollowerRows(jdbi),
                new Retention(transactions, new RetentionRows(jdbi), setup.retention()),
                settings,
                hints);
        this.journal = new Journal(ids, readers::wake);
        this.definitions = new Definitions(definitionRows, compiled, catalogues, registration, journal, ids);
        var advance = new AdvanceRows(ids, readers::wake);
        var startRows = new StartRows(settings);
        var groupCommit = new GroupCommit(setup.committers(), advance, startRows, setup.commitSlots(), readers::wake);
        var starter = new Starter(compiled, startRows, groupCommit, ids);
        this.events = new EventIntake(
                eventTypes,
                setup.directory(),
                definitionRows,
                compiled,
                starter,
                new EventRows(),
                settings.limits(),
                ids);
        var eventLogRows = new EventLogRows();
        this.eventLog = new EventLog(
                eventLogRows, new LateStart(setup.directory(), definitionRows, events, starter, eventLogRows), journal);
        var settle = new SettleRows(readers::wake);
        var keyRows = new KeyRows();
        var bell = new Bell();
        var office = new Office(
                transactions,
                setup.directory(),
                approvalRows,
                votes,
                approvers,
                settle,
                ids,
                journal,
                bell,
                setup.holds());
        var attention = new Attention(office);
        var requests = new ApprovalWaits(setup.directory(), approvalRows, approvers);
        var waitRows = new WaitRows(jdbi);
        this.family = new Family(settle, requests, waitRows, keyRows, settings.limits(), ids);
        this.executions = new Executions(
                definitions,
                setup.directory(),
                eventTypes,
                starter,
                new ViewRows(),
                settle,
                family,
                settings.limits(),
                transactions,
                databaseClock,
                ids);
        var documentWatch = new DocumentWatch(
                office,
                new Deciders(approvalRows, eventLogRows, definitionRows, compiled, actions),
                (tx, execution, by, why) -> executions.cancel(tx, execution, by, Optional.of(why)));
        this.documents = documentWatch;
        this.approvals = new Approvals(
                setup.directory(),
                approvalRows,
                new RequestListRows(),
                votes,
                new ApprovalDesk(office, attention),
                new SendingBack(office),
                new HandOver(office),
                attention,
                documentWatch);
        this.timelines = new Timelines(eventLogRows, executions, definitions, setup.directory());
        this.idempotencyKeys = new IdempotencyKeys(transactions, new AnswerRows());
        var executionRows = new ExecutionRows();
        this.retries = new Retries(
                setup.directory(),
                definitionRows,
                compiled,
                executionRows,
                new RetryRows(),
                settle,
                keyRows,
                ids,
                setup.holds());
        this.bulks = new Bulks(
                new BulkRows(jdbi), executions, retries, transactions, journal, ids, this::wakeBulks, setup.holds());
        this.bulkLoop = new RegularLoop("bulk", UNWOKEN, Bulks.PAUSE, this::runBulks);
        this.clock = new Clock(jdbi, transactions, databaseClock);
        this.scheduler = new Scheduler(
                jdbi, transactions, setup.directory(), definitionRows, scheduleRows, starter, journal, setup.holds());
        this.scheduleLoop = new RegularLoop("schedules", UNWOKEN, scheduler::runOnce);

        this.matcher = new EventMatcher(
                transactions,
                waitRows,
                executionRows,
                setup.directory(),
                definitionRows,
                compiled,
                settle,
                ids,
                setup.holds());
        this.matchLoop = new RegularLoop("events", UNWOKEN, MATCH_AFTER, matcher::runOnce);
        actions.register(new RunWorkflow(definitionRows, compiled, starter, settings.limits()))
                .register(new WaitForEvent(waitRows, eventTypes, setup.directory(), matchLoop::wake));
        this.rules = new RulesInForce(
                transactions, setup.directory(), setup.machine().elapsedNanos());
        var services = new Services(
                transactions,
                groupCommit,
                advance,
                executionRows,
                requests,
                keyRows,
                new LateAnswers(transactions, settle, ids),
                waitRows,
                family,
                actions,
                new PolicyGate(rules, setup.directory(), transactions),
                events,
                documents,
                databaseClock,
                settings,
                () -> ThreadLocalRandom.current().nextDouble(),
                setup.holds());
        this.due = new DueRows(jdbi);
        this.dueLoop = new RegularLoop("due", settings.poll(), this::wakeWhatIsDue);
        this.worker = new Worker(services, jdbi, setup.directory(), definitionRows, compiled);
        connect(new HintingHost(settings.workers() ? worker : Host.NONE, hints, readers::wake), starter, bell);
    }

    private void connect(Host host, Starter starter, Bell bell) {
        starter.runOn(host);
        bell.wake(host);
        executions.wake(host);
        retries.wake(host);
        clock.wake(host);
        family.wake(host);
        matcher.wake(host);
        events.afterAwaited(matchLoop::wake);
    }

    private static void registerOwn(
            ActionRegistry actions, Directory directory, ApprovalRows rows, Approvers approvers, Supplier<UUID> ids) {
        CoreActions.register(actions);
        actions.register(new RequestApproval(directory, rows, approvers, ids))
                .register(new EscalateApproval(directory, rows, approvers, ids))
                .register(new AutoApprove(directory, rows));
    }

    private static Instant readNow(Jdbi jdbi) {
        return jdbi.withHandle(
                h -> h.createQuery("select millrace_now()").mapTo(Instant.class).one());
    }

    /** One look for all who would else each look for themselves. */
    private void wakeWhatIsDue() {
        DueRows.Due now = due.read();
        if (now.executions()) {
            worker.wake();
        }
        if (now.schedules()) {
            scheduleLoop.wake();
        }
        if (now.events()) {
            matchLoop.wake();
        }
        if (now.bulks()) {
            bulkLoop.wake();
        }
    }

    private void runBulks() {
        if (bulks.runOnce()) {
            bulkLoop.wake();
        }
    }

    private void wakeBulks() {
        bulkLoop.wake();
    }

    private Hints.Reactions reactions() {
        return new Hints.Reactions() {
            @Override
            public void lookAt(UUID execution) {
                if (settings.workers()) {
                    worker.lookAt(execution);
                }
            }

            @Override
            public void lookAround() {
                if (settings.workers()) {
                    worker.lookAround();
                    scheduleLoop.wake();
                }
            }

            @Override
            public void readSeals() {
                readers.readSeals();
            }
        };
    }

    /** Begins to run executions and to seal the journal. */
    public void start() {
        if (settings.workers()) {
            worker.start();
            scheduleLoop.start();
            matchLoop.start();
            bulkLoop.start();
            dueLoop.start();
        }
        readers.start();
        hints.start(reactions());
    }

    /** Claims nothing more, lets running steps end, hands the rest back. */
    @Override
    public void close() {
        if (settings.workers()) {
            dueLoop.close();
            scheduleLoop.close();
            matchLoop.close();
            bulkLoop.close();
            worker.close();
        }
        hints.close();
        readers.close();
    }

    /** Runs {@code work} in one transaction of a tenant; see {@link Transactions#run}. */
    public <T> T run(UUID tenant, Function<Tx, T> work) {
        return transactions.run(tenant, work);
    }

    public Transactions transactions() {
        return transactions;
    }

    public Definitions definitions() {
        return definitions;
    }

    public Executions executions() {
        return executions;
    }

    public IdempotencyKeys idempotencyKeys() {
        return idempotencyKeys;
    }

    public Retries retries() {
        return retries;
    }

    public Bulks bulks() {
        return bulks;
    }

    public Approvals approvals() {
        return approvals;
    }

    /** What modules tell of changes of their documents, and ask before they act on an approval. */
    public Documents documents() {
        return documents;
    }

    public EventPublisher events() {
        return events;
    }

    public EventLog eventLog() {
        return eventLog;
    }

    public Timelines timelines() {
        return timelines;
    }

    /**
     * A company's policies, modules or own currency change in this transaction: this node heeds it from the commit on,
     * others within five seconds.
     */
    public void rulesChanged(Tx tx) {
        rules.changed(tx);
    }

    public EventTypes eventTypes() {
        return eventTypes;
    }

    public Catalogues catalogues() {
        return catalogues;
    }

    public Journal journal() {
        return journal;
    }

    public Clock clock() {
        return clock;
    }

    /** Registers an action while running: visible at once. */
    public void register(Action action) {
        actions.register(action);
    }

    /** Seals what is committed now, instead of within the next second. */
    public int seal() {
        return readers.seal();
    }

    /** Lets {@code follower} follow the journal from now on; before {@link #start()}, so that it misses no entry. */
    public void follow(JournalFollower follower) {
        readers.followers().add(follower);
    }

    /**
     * Tells {@code listener} of every tenant's lifecycle events, at least once and in order, across restarts and nodes:
     * one node at a time, from a cursor of that name in the database.
     */
    public void relay(String name, LifecycleListener listener) {
        readers.relays().add(name, listener);
    }

    /**
     * Tells {@code listener} of one tenant's lifecycle events, in order, until the answer is closed.
     *
     * @param after begins behind the event of this number; empty: with the next
     */
    public AutoCloseable listen(UUID tenant, OptionalLong after, LifecycleListener listener) {
        return readers.listeners().listen(tenant, after, listener);
    }

    /** Tells followers, relays and listeners what is sealed now, instead of within the next seconds. */
    public int tellFollowers() {
        return readers.tellFollowers();
    }

    /** Every tenant that has a journal. */
    public List<UUID> tenants() {
        return readers.tenants();
    }

    /**
     * Drops what is over its time and makes partitions ahead, instead of within the next hour.
     *
     * @return how many months were dropped
     */
    public int retain() {
        return readers.retain();
    }

    /** Fires the schedules that are due now, instead of at the next poll. */
    public int fireSchedules() {
        return scheduler.runOnce();
    }

    /** Ends the waits for events that are committed now, instead of at the next poll. */
    public int matchEvents() {
        return matcher.runOnce();
    }

    /** How many executions run on this node. */
    public int liveExecutions() {
        return worker.liveCount();
    }
}
