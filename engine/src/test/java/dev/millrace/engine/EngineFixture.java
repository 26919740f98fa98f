package dev.millrace.engine;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.testkit.HoldPoints;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** One engine for all tests of the process, on one database whose clock can be moved. */
final class EngineFixture {
    static final EventType ORDER = new EventType(
            "order.created",
            "trial",
            "An order was raised.",
            Shape.of(
                    Field.required("id", Scalar.UUID, "The order"),
                    Field.required("amount", Scalar.DECIMAL, "Its total"),
                    Field.optional("requested_by", Scalar.STRING, "Who raised it"),
                    Field.optional("note", Scalar.STRING, "A remark")));

    static final EventType PAYMENT = new EventType(
            "payment.received",
            "trial",
            "An order was paid.",
            Shape.of(
                    Field.required("order_id", Scalar.STRING, "The order"),
                    Field.required("amount", Scalar.DECIMAL, "What was paid"),
                    Field.optional("final", Scalar.BOOLEAN, "Nothing is left to pay")));

    /** Made when it is asked for: processes that are only there to be killed need no database of their own. */
    private static final class Shared {
        static final EngineFixture FIXTURE = new EngineFixture();
    }

    final TestDatabase database = EngineDatabase.TEMPLATE.shared();
    final TestDirectory directory = new TestDirectory();
    final TrialActions.Calls calls = new TrialActions.Calls();
    final HoldPoints holds = new HoldPoints();
    final Jdbi owner = Jdbi.create(database.owner());
    final Engine engine = newEngine(true);

    private EngineFixture() {
        engine.start();
    }

    static EngineFixture shared() {
        return Shared.FIXTURE;
    }

    /** Another node on the same database, not started. */
    Engine newEngine(boolean workers) {
        return newEngine(database.app(), workers, directory, calls, holds::at, Duration.ofSeconds(30));
    }

    /** Another node on the same database, with limits of its own. */
    Engine newEngine(Limits limits) {
        return newEngine(database.app(), true, directory, calls, holds::at, Duration.ofSeconds(30), limits);
    }

    static Engine newEngine(
            DataSource app,
            boolean workers,
            Directory directory,
            TrialActions.Calls calls,
            Holds holds,
            Duration lease) {
        return newEngine(app, workers, directory, calls, holds, lease, Limits.DEFAULT);
    }

    private static Engine newEngine(
            DataSource app,
            boolean workers,
            Directory directory,
            TrialActions.Calls calls,
            Holds holds,
            Duration lease,
            Limits limits) {
        var settings = new NodeSettings(
                UuidCreator.getTimeOrderedEpoch(), workers, lease, Duration.ofMillis(100), 512, 512, false, limits);
        return newEngine(app, app, settings, directory, calls, holds);
    }

    static Engine newEngine(
            DataSource app,
            DataSource committers,
            NodeSettings settings,
            Directory directory,
            TrialActions.Calls calls,
            Holds holds) {
        var actions = new ActionRegistry();
        TrialActions.register(actions, calls);
        return new Engine(new Engine.Setup(
                app,
                committers,
                1,
                settings,
                directory,
                actions,
                new EventTypes().register(ORDER).register(PAYMENT),
                List.of(new EntityType("order", "trial", Shape.FREE)),
                holds));
    }

    /** A company of its own for one test: Requester asks, Meera is Finance Head, Arjun is CFO. */
    TestCompany company() {
        return new TestCompany(directory, engine, UuidCreator.getTimeOrderedEpoch());
    }

    static HikariDataSource pool(String url, String user, String password) {
        return pool(url, user, password, 8);
    }

    static HikariDataSource pool(String url, String user, String password, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
