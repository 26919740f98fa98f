package dev.millrace.trials.bench.engine;

/** A system with one kind of execution, ready to run it in this process. */
interface Contestant extends AutoCloseable {
    /** Starts one execution; durable when it returns. Called by several threads. */
    void start(int number);

    /**
     * Returns when every execution has ended and all of their steps are durable.
     *
     * @param started in all, since the system was made
     * @throws IllegalStateException they do not end, or not all steps are there
     */
    void awaitAll(int started);

    /** Steps of one execution. */
    int steps();

    @Override
    void close();
}
