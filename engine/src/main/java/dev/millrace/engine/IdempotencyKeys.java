package dev.millrace.engine;

import dev.millrace.engine.request.AnswerRows;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Makes a request that comes again under the same key happen once, with the answer of the first time. The answer is
 * stored in the transaction of what the request does: whoever lost the answer to the commit asks again, and learns the
 * truth.
 */
public final class IdempotencyKeys {
    /** How long one that comes while the first is at work waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final AnswerRows rows;

    IdempotencyKeys(Transactions transactions, AnswerRows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    /**
     * A key of a caller.
     *
     * @param fingerprint of all that the request asks for
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by the database alone
    public record Key(UUID tenant, UUID caller, String key, byte[] fingerprint) {
        public Key {
            fingerprint = fingerprint.clone();
        }

        @Override
        public byte[] fingerprint() {
            return fingerprint.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key same
                    && tenant.equals(same.tenant)
                    && caller.equals(same.caller)
                    && key.equals(same.key)
                    && Arrays.equals(fingerprint, same.fingerprint);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** An answer to a request. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public Answer {
            headers = Map.copyOf(headers);
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }

        /** It was not the request's fault: nothing of it counts, and the same key may be tried again. */
        boolean isPassing() {
            return status >= 500 || status == 429 || status == 401;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Answer same
                    && status == same.status
                    && headers.equals(same.headers)
                    && Arrays.equals(body, same.body);
        }

        @Override
        public int hashCode() {
            return 31 * status + Arrays.hashCode(body);
        }
    }

    /** What became of a request. */
    public sealed interface Outcome {
        /** @param repeated the answer of the first time */
        record Answered(Answer answer, boolean repeated) implements Outcome {}

        /** The key belongs to another request of the same caller. */
        record Reused() implements Outcome {}

        /** The first request under this key is still at work. */
        record Busy() implements Outcome {}
    }

    /**
     * Does {@code work} unless it was done under this key in the last 24 hours.
     *
     * @param work whatever this thread does for the tenant within it is one transaction; may be called again
     * @throws UnknownCommitException the connection broke while the commit's answer was awaited
     */
    public Outcome once(Key key, Supplier<Answer> work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Outcome> outcome = tryOnce(key, work);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (System.nanoTime() > deadline) {
                return new Outcome.Busy();
            }
            // Without a connection: those who wait must not keep the one that works from getting what it needs.
            LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextLong(10, 60))
                    .toNanos());
        }
    }

    private Optional<Outcome> tryOnce(Key key, Supplier<Answer> work) {
        try {
            return transactions.joining(key.tenant(), tx -> {
                if (!rows.tryLock(tx, key)) {
                    return Optional.empty();
                }
                Optional<AnswerRows.Stored> stored = rows.find(tx, key);
                if (stored.isPresent()) {
                    return Optional.of(
                            Arrays.equals(stored.get().fingerprint(), key.fingerprint())
                                    ? new Outcome.Answered(stored.get().answer(), true)
                                    : new Outcome.Reused());
                }
                Answer answer = work.get();
                if (answer.isPassing()) {
                    throw new Undone(answer);
                }
                rows.insert(tx, key, answer);
                return Optional.of(new Outcome.Answered(answer, false));
            });
        } catch (Undone undone) {
            return Optional.of(new Outcome.Answered(undone.answer, false));
        }
    }

    /** Rolls back what was done before the server could not go on. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        Undone(Answer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
