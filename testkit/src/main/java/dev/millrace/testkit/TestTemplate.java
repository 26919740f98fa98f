package dev.millrace.testkit;

import dev.millrace.testkit.TestDatabase.Pools;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** A migrated database from which tests take copies; see {@link TestDatabase#template}. */
public final class TestTemplate {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final ConcurrentMap<String, TestTemplate> TEMPLATES = new ConcurrentHashMap<>();

    private final String name;
    private final Consumer<DataSource> migrate;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger copies = new AtomicInteger();
    private boolean migrated;
    private Optional<TestDatabase> shared = Optional.empty();

    private TestTemplate(String name, Consumer<DataSource> migrate) {
        this.name = name;
        this.migrate = migrate;
    }

    static TestTemplate named(String name, Consumer<DataSource> migrate) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A template's name has lower case letters, digits and underscores, 40 at"
                    + " most, but got '" + name + "'");
        }
        return TEMPLATES.computeIfAbsent(name, key -> new TestTemplate(key, migrate));
    }

    /** A copy for one test, with pools of the usual size. The caller closes it. */
    public TestDatabase fresh() {
        return fresh(Pools.USUAL);
    }

    /** A copy for one test. The caller closes it. */
    public TestDatabase fresh(Pools pools) {
        ensureMigrated();
        return TestDatabase.copyOf(name, name + "_" + copies.incrementAndGet(), pools);
    }

    /** The copy that all tests of this Java process share; each test makes a tenant of its own. Do not close it. */
    public TestDatabase shared() {
        ensureMigrated();
        lock.lock();
        try {
            var database = shared.orElseGet(() -> TestDatabase.copyOf(name, name + "_shared", Pools.USUAL));
            shared = Optional.of(database);
            return database;
        } finally {
            lock.unlock();
        }
    }

    /** A migration that fails is tried anew, on an empty database, by the next test. */
    private void ensureMigrated() {
        lock.lock();
        try {
            if (!migrated) {
                TestCluster.server().dropDatabase(name);
                var model = TestDatabase.empty(name);
                try {
                    migrate.accept(model.owner());
                } finally {
                    // PostgreSQL copies a database only while nobody is connected to it.
                    model.closePools();
                }
                migrated = true;
            }
        } finally {
            lock.unlock();
        }
    }
}
