package dev.millrace.erp;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/** Where the acts of a history take place: the company, chance, and what there is to act upon. */
record Scene(Acme acme, Random random) {
    /** Something that somebody does, all of it or nothing. */
    interface Act {
        /** @param dies the node goes away before the commit */
        void happen(boolean dies);
    }

    /** The node went away before the commit. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** In one transaction, which comes to nothing where the node dies or the act is refused. */
    Act act(Consumer<Tx> what) {
        return dies -> {
            try {
                acme.run(tx -> {
                    what.accept(tx);
                    if (dies) {
                        throw new Gone();
                    }
                    return 0;
                });
            } catch (Gone | PostingRefused | ActionFailure expected) {
                // Nothing of it may be left.
            }
        };
    }

    /** One of the latest rows. */
    Optional<UUID> one(Tx tx, String table, String rows) {
        List<UUID> latest = tx.handle()
                .createQuery("select id from " + table + " where tenant_id = :tenant and (" + rows
                        + ") order by id desc limit 6")
                .bind("tenant", acme.tenant)
                .mapTo(UUID.class)
                .list();
        return latest.isEmpty() ? Optional.empty() : Optional.of(any(latest));
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    <T> List<T> shuffled(List<T> of) {
        var shuffled = new ArrayList<>(of);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** A whole number from 1 on. */
    BigDecimal upTo(int most) {
        return BigDecimal.valueOf(1L + random.nextInt(most));
    }
}
