package dev.millrace.trials.faults;

/**
 * A question to the database whose answer must be nothing.
 *
 * @param name by which planted bugs refer to it
 * @param sentence what holds when the answer is nothing
 * @param sql gives one text per violation
 * @param always true: at any moment; false: once everything has come to rest
 */
record Invariant(String name, String sentence, String sql, boolean always) {
    static Invariant always(String name, String sentence, String sql) {
        return new Invariant(name, sentence, sql, true);
    }

    static Invariant atRest(String name, String sentence, String sql) {
        return new Invariant(name, sentence, sql, false);
    }
}
