package dev.millrace.trials.faults;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Bugs that the trials must find: an alarm that never rang proves nothing. The product has no switches for them: a
 * planted bug changes statements on their way from a trial's node to the database, or is a bug of the trial's own action.
 */
enum PlantedBug {
    /** A node that was overtaken goes on writing. */
    NO_FENCE_CHECK(
            Profile.ZOMBIE,
            List.of("foreign_write", "double_effect", "completed_twice", "ended_otherwise"),
            new Rewrite("update workflow_executions", "\\band\\s+(e\\.fence\\s*=\\s*\\w+\\.fence)", "and ($1 or true)"),
            new Rewrite("workflow_executions", "\\band\\s+(fence\\s*=\\s*\\?)", "and ($1 or true)")),
    /** The action's rows are committed apart from the step's result. */
    EFFECT_APART(Profile.KILL, "double_effect"),
    /** A node looks at the queue only when somebody tells it to. */
    WAKE_UP_BY_HINT_ONLY(
            Profile.HINTS,
            "not_finished",
            new Rewrite("millrace_due_tenants()", "millrace_due_tenants\\(\\)", "$0 limit 0")),
    /** Whoever follows the journal asks for numbers above the last one seen; rows do not commit in that order. */
    FOLLOWER_BY_IDENTITY(
            Profile.JOURNAL,
            "unsealed",
            new Rewrite(
                    "j.id = any(",
                    "\\(select\\s+s\\.seq\\s+from\\s+journal_seals\\s+s\\s+where[^()]*\\)\\s+is\\s+null",
                    "($0 and j.n > coalesce((select max(k.n) from journal_seals z join workflow_journal k"
                            + " on k.tenant_id = z.tenant_id and k.id = z.journal_id"
                            + " where z.tenant_id = j.tenant_id), 0))")),
    /** Of two decisions both count. */
    DECISION_WITHOUT_GUARD(
            Profile.HINTS,
            "two_decisions",
            new Rewrite("approval_requests", "(?s)\\bstatus\\s*,(?=.*\\bfor update\\s*$)", "'pending' as status,"),
            new Rewrite("insert into approval_decisions", "\\band\\s+r\\.status\\s*=\\s*'pending'", "and true"),
            new Rewrite("update approval_requests", "(and|where)\\s+status\\s*=\\s*'pending'", "$1 true"),
            new Rewrite("update workflow_step_results", "and\\s+status\\s*=\\s*'waiting'", "and true")),
    /** A decision wakes an execution that a node is busy with, which another node then takes. */
    DECISION_ENDS_LEASE(
            Profile.HINTS,
            "lease_destroyed",
            new Rewrite(
                    "update workflow_executions",
                    "case\\s+when\\s+lease_until\\s*>\\s*millrace_now\\(\\)\\s+then\\s+due_at\\s+else\\s+millrace_now\\(\\)"
                            + "\\s+end",
                    "millrace_now()")),
    /** Sessions whose client is gone keep their row locks. */
    NO_SESSION_LIMITS(Profile.HALF_OPEN, "locked_rows");

    /**
     * A change of statements.
     *
     * @param in only statements with this text are changed
     */
    record Rewrite(String in, Pattern what, String with) {
        Rewrite(String in, String what, String with) {
            this(in, Pattern.compile(what, Pattern.CASE_INSENSITIVE), with);
        }
    }

    private final Profile profile;

    @SuppressWarnings("ImmutableEnumChecker") // a copy, never changed
    private final List<String> invariants;

    @SuppressWarnings("ImmutableEnumChecker") // a copy, never changed
    private final List<Rewrite> rewrites;

    PlantedBug(Profile profile, String invariant, Rewrite... rewrites) {
        this(profile, List.of(invariant), rewrites);
    }

    PlantedBug(Profile profile, List<String> invariants, Rewrite... rewrites) {
        this.profile = profile;
        this.invariants = List.copyOf(invariants);
        this.rewrites = List.of(rewrites);
    }

    /** The class of faults that must find it. */
    Profile profile() {
        return profile;
    }

    /** The names of the invariants of which it must break one. */
    List<String> invariants() {
        return invariants;
    }

    List<Rewrite> rewrites() {
        return rewrites;
    }
}
