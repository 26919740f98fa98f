package dev.millrace.testkit;

/** What happens on the way to the database; see {@link Intercepted}. Called by many threads at once. */
public interface SqlHook {
    /** The statement that runs in the place of {@code sql}. */
    default String rewrite(String sql) {
        return sql;
    }

    /** Before a statement is sent. */
    default void before(String sql) {}

    /** Before a transaction is committed. */
    default void beforeCommit() {}
}
