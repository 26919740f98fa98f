package dev.millrace.trials.bench.engine;

/**
 * What a stretch of work took.
 *
 * @param seconds by the clock on the wall
 * @param jvm CPU seconds of this process
 * @param server CPU seconds of PostgreSQL, all backends
 * @param transactions that wrote: transaction ids given out
 * @param walBytes written to the log, whole pages after a checkpoint included
 */
record Usage(double seconds, double jvm, double server, long transactions, long walBytes) {
    Usage since(Usage before) {
        return new Usage(
                seconds - before.seconds,
                jvm - before.jvm,
                server - before.server,
                transactions - before.transactions,
                walBytes - before.walBytes);
    }
}
