package dev.millrace.engine;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clocks of the machine that a node runs on. They may lie: ids take their time from the one, which orders them roughly,
 * and the other carries on what the database's clock said last. What is due, leased or late is decided by the database.
 *
 * @param wall what the machine holds to be the time
 * @param elapsedNanos a monotonic count
 */
public record MachineClock(InstantSource wall, LongSupplier elapsedNanos) {
    /** That of the machine. */
    public static final MachineClock OWN = new MachineClock(InstantSource.system(), System::nanoTime);

    /** New time-ordered ids. */
    Supplier<UUID> ids() {
        TimeOrderedEpochFactory factory = TimeOrderedEpochFactory.builder()
                .withIncrementPlus1()
                .withInstantFunction(wall::instant)
                .build();
        return factory::create;
    }
}
