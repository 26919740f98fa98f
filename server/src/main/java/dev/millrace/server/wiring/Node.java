package dev.millrace.server.wiring;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.Engine;
import dev.millrace.engine.EventTypes;
import dev.millrace.engine.HintChannel;
import dev.millrace.engine.Holds;
import dev.millrace.engine.Json;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.PostgresHints;
import dev.millrace.engine.RetentionSettings;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.journal.Entry;
import dev.millrace.erp.Channels;
import dev.millrace.erp.Company;
import dev.millrace.erp.CompanyDays;
import dev.millrace.erp.EachCompany;
import dev.millrace.erp.Erp;
import dev.millrace.erp.ErpCatalogue;
import dev.millrace.erp.HeadsByMail;
import dev.millrace.erp.ImportRunner;
import dev.millrace.erp.MailSender;
import dev.millrace.erp.NotificationSender;
import dev.millrace.erp.SmtpMailSender;
import dev.millrace.erp.Trail;
import dev.millrace.erp.WebhookRoute;
import dev.millrace.erp.WhatsAppCloud;
import dev.millrace.erp.WhatsAppSender;
import dev.millrace.server.Settings;
import dev.millrace.server.Settings.NodeRole;
import dev.millrace.server.StartRefused;
import dev.millrace.server.audit.SignedHeads;
import dev.millrace.server.security.SigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import tools.jackson.databind.node.ObjectNode;

/** Engine and ERP of this process, each given what it needs of the other. */
public final class Node implements AutoCloseable {
    private static final int EXECUTIONS_MOST = 1024;
    private static final int EXECUTIONS_PER_TENANT_MOST = 512;

    private static final Duration SEND_MAILS_EVERY = Duration.ofSeconds(1);

    private static final Duration LOOK_FOR_IMPORTS_EVERY = Duration.ofSeconds(1);

    /** Soon after midnight in each company's zone, and after a downtime. */
    private static final Duration LOOK_AT_HEADS_EVERY = Duration.ofMinutes(10);

    /** Soon after a day began somewhere, and after a downtime. */
    private static final Duration LOOK_AT_DAYS_EVERY = Duration.ofSeconds(30);

    private final Erp erp;
    private final Engine engine;
    private final Trail trail;
    private final ActionRegistry actions;
    private final HeadsByMail heads;
    private final PacedLoop mailLoop;
    private final PacedLoop headsLoop;
    private final CompanyDays days;
    private final PacedLoop daysLoop;
    private final PacedLoop importLoop;
    private final boolean works;
    private final Optional<RedisSide> redis;

    private Node(
            Erp erp,
            Engine engine,
            Trail trail,
            ActionRegistry actions,
            HeadsByMail heads,
            boolean works,
            Optional<RedisSide> redis) {
        this.redis = redis;
        this.erp = erp;
        this.engine = engine;
        this.trail = trail;
        this.actions = actions;
        this.works = works;
        this.heads = heads;
        this.mailLoop = new PacedLoop("mail", SEND_MAILS_EVERY, this::sendMails);
        this.headsLoop = new PacedLoop("heads", LOOK_AT_HEADS_EVERY, this::mailHeads);
        this.days = erp.days(engine.events(), trail);
        this.daysLoop = new PacedLoop("days", LOOK_AT_DAYS_EVERY, days::runAll);
        this.importLoop = new PacedLoop("imports", LOOK_FOR_IMPORTS_EVERY, this::importFiles);
    }

    /** Nothing runs before {@link #start()}. */
    public static Node assemble(Settings settings, Pools pools) {
        var transactions = new Transactions(Jdbi.create(pools.serving()));
        String publicUrl = settings.publicUrl().orElse("http://localhost:" + settings.port());
        var erp = new Erp(
                transactions, channels(settings), publicUrl, settings.outside().irp());
        var actions = new ActionRegistry();
        erp.actions().forEach(actions::register);
        var events = new EventTypes();
        ErpCatalogue.events().forEach(events::register);
        boolean works = settings.role() != NodeRole.API;
        NodeSettings node = nodeSettings(settings, pools.sole(), works);
        Optional<RedisSide> redis = settings.redisUrl().map(RedisSide::new);
        HintChannel hints = redis.map(RedisSide::hints)
                .or(() -> pools.hints().map(PostgresHints::new))
                .orElse(HintChannel.NONE);
        var engine = engine(pools, node, erp, actions, events, hints, settings.retention());
        redis.ifPresent(side -> side.attach(engine, erp, node.node(), works));
        Trail trail = trail(engine);
        erp.journalTo(trail);
        List<String> keepers = settings.mail().map(Settings.Mail::headsTo).orElse(List.of());
        HeadsByMail heads = erp.headsByMail(trail, keepers, (tx, company) -> head(engine, settings, tx, company));
        return new Node(erp, engine, trail, actions, heads, works, redis);
    }

    private static HeadsByMail.Head head(Engine engine, Settings settings, Tx tx, Company company) {
        var head = new SignedHeads.Head(
                tx.tenant(), company.info().slug(), engine.journal().head(tx));
        ObjectNode file = SignedHeads.write(
                SigningKey.ofHeads(settings.home()), Clock.systemUTC().instant(), List.of(head));
        return new HeadsByMail.Head(head.head().seq(), Json.write(file));
    }

    private static Engine engine(
            Pools pools,
            NodeSettings node,
            Erp erp,
            ActionRegistry actions,
            EventTypes events,
            HintChannel hints,
            RetentionSettings retention) {
        try {
            return new Engine(new Engine.Setup(
                    pools.serving(),
                    pools.committers(),
                    pools.commitSlots(),
                    node,
                    erp.directory(),
                    actions,
                    events,
                    ErpCatalogue.ENTITIES,
                    Holds.NONE,
                    hints,
                    retention));
        } catch (JdbiException e) {
            throw new StartRefused("The tables of the database are not those of this version (" + e.getMessage()
                    + "). Run ./millrace migrate first, or set MILLRACE_MIGRATION_USER so that the server does.");
        }
    }

    private static NodeSettings nodeSettings(Settings settings, boolean sole, boolean works) {
        return new NodeSettings(
                UuidCreator.getTimeOrderedEpochPlus1(),
                works,
                settings.lease(),
                settings.poll(),
                EXECUTIONS_MOST,
                EXECUTIONS_PER_TENANT_MOST,
                sole,
                settings.limits());
    }

    private static Channels channels(Settings settings) {
        var random = new SecureRandom();
        WebhookRoute route = WebhookRoute.outside();
        return new Channels(
                mailSender(settings),
                settings.outside()
                        .whatsApp()
                        .<WhatsAppSender>map(account -> new WhatsAppCloud(account.url(), account.token()))
                        .orElse(WhatsAppSender.SANDBOX),
                settings.outside().webhooksReachThisMachine() ? route.andThisMachine() : route,
                MasterKeys.of(settings, random),
                random,
                InstantSource.system());
    }

    private static MailSender mailSender(Settings settings) {
        return settings.mail()
                .<MailSender>map(mail -> new SmtpMailSender(
                        mail.host(),
                        mail.port(),
                        mail.signIn().map(Settings.SignIn::user).orElse(null),
                        mail.signIn().map(Settings.SignIn::password).orElse(null),
                        mail.from(),
                        mail.startTls()))
                .orElse(MailSender.SANDBOX);
    }

    private static Trail trail(Engine engine) {
        return (tx, actor, type, resourceType, resourceId, before, after, comment) -> engine.journal()
                .write(
                        tx,
                        new Entry(
                                type,
                                actor,
                                resourceType,
                                resourceId.toString(),
                                Optional.empty(),
                                before,
                                after,
                                Optional.of(comment).filter(text -> !text.isEmpty())));
    }

    public void start() {
        engine.start();
        redis.ifPresent(RedisSide::start);
        if (works) {
            mailLoop.start();
            headsLoop.start();
            daysLoop.start();
            importLoop.start();
        }
    }

    private void sendMails() {
        NotificationSender sender = erp.notificationSender();
        EachCompany.of(sender.tenantsWaiting(), sender::runOnce);
    }

    private void importFiles() {
        ImportRunner runner = erp.importRunner(trail);
        EachCompany.of(runner.tenantsWaiting(), runner::runOnce);
    }

    /**
     * Puts the mails with the heads of the companies' journals into their outboxes, where they are not there today, instead
     * of within the next minutes.
     *
     * @return of how many companies
     */
    public int mailHeads() {
        var mailed = new AtomicInteger();
        EachCompany.of(engine.tenants(), company -> {
            if (heads.runOnce(company)) {
                mailed.incrementAndGet();
            }
        });
        return mailed.get();
    }

    /** What the companies' days bring, for whoever moves the clock. */
    public CompanyDays days() {
        return days;
    }

    public Erp erp() {
        return erp;
    }

    public Engine engine() {
        return engine;
    }

    public Trail trail() {
        return trail;
    }

    public ActionRegistry actions() {
        return actions;
    }

    @Override
    public void close() {
        mailLoop.close();
        headsLoop.close();
        daysLoop.close();
        importLoop.close();
        redis.ifPresent(RedisSide::stopReading);
        engine.close();
        redis.ifPresent(RedisSide::close);
    }
}
