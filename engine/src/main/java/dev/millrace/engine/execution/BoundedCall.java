package dev.millrace.engine.execution;

import dev.millrace.engine.action.ActionFailure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls something outside and waits for it no longer than allowed; what is late is interrupted. */
final class BoundedCall {
    private BoundedCall() {}

    static <A> A call(Duration limit, Supplier<A> call) {
        var task = new FutureTask<A>(call::get);
        Thread thread = Thread.ofVirtual().name("millrace-call").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw ActionFailure.retryable("timeout", "No answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new LeaseLost();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        }
    }
}
