package dev.millrace.trials.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One class of faults and how it is run.
 *
 * <p>Each is run alone: in a mix the faults hide each other (a killed zombie never wakes up), and a fence that had been
 * removed on purpose was not found.
 */
enum Profile {
    /** R1, R2, R4, E3: nothing is lost, nothing happens twice. */
    KILL(Faults.Kill::new, 1500, 60, 18, Route.DIRECT),
    /** R2, E2: who was overtaken is refused. Effective is each lease that went to somebody else meanwhile. */
    ZOMBIE(Faults.Zombie::new, 400, 12, 20, Route.DIRECT),
    /** R9: an unknown commit is safe. */
    COMMIT_CUT(Faults.CommitCut::new, 400, 60, 60, Route.PROXY),
    /** R8, D1: the database may restart. */
    DATABASE(Faults.DatabaseCrash::new, 300, 3, 3, Route.DIRECT),
    /** R6: hints may be lost. */
    HINTS(Faults.LostHints::new, 150, 10, 10, Route.DIRECT),
    /** Row locks outlive leases, and the limits of sessions end them. */
    HALF_OPEN(Faults.HalfOpen::new, 300, 15, 3, Route.PROXY_AND_LATE_COMMITS),
    /** R14: an action that ends its process is set apart, and the others go on. */
    POISON(Faults.Poison::new, 200, 5, 5, Route.DIRECT),
    /** R5: the journal is complete though rows commit in another order than they are numbered in. */
    JOURNAL(Faults.Kill::new, 300, 10, 3, Route.LATE_COMMITS);

    /** How nodes reach the database. */
    enum Route {
        DIRECT(false, Duration.ZERO),
        PROXY(true, Duration.ZERO),
        LATE_COMMITS(false, Duration.ofMillis(400)),
        PROXY_AND_LATE_COMMITS(true, Duration.ofMillis(150));

        private final boolean proxied;
        private final Duration commitDelay;

        Route(boolean proxied, Duration commitDelay) {
            this.proxied = proxied;
            this.commitDelay = commitDelay;
        }

        boolean proxied() {
            return proxied;
        }

        Duration commitDelay() {
            return commitDelay;
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // makes a new one each time
    private final Supplier<Fault> fault;

    private final int executions;
    private final int faults;
    private final int effective;
    private final Route route;

    Profile(Supplier<Fault> fault, int executions, int faults, int effective, Route route) {
        this.fault = fault;
        this.executions = executions;
        this.faults = faults;
        this.effective = effective;
        this.route = route;
    }

    static Optional<Profile> named(String name) {
        return Arrays.stream(values()).filter(p -> p.title().equals(name)).findFirst();
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Fault fault() {
        return fault.get();
    }

    Route route() {
        return route;
    }

    /** The size of the build. */
    Size size() {
        return new Size(executions, faults, effective);
    }

    /**
     * @param executions started at least
     * @param faults made to happen
     * @param effective of which so many must have hit something, or the run proves nothing
     */
    record Size(int executions, int faults, int effective) {
        /** A run that ends when the bug is seen. */
        Size forABug() {
            return new Size(executions / 3, faults, effective);
        }

        Size times(double factor) {
            return new Size(
                    (int) Math.ceil(executions * factor), (int) Math.ceil(faults * factor), (int) (effective * factor));
        }
    }
}
