package dev.millrace.erp;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Work for several companies, of which one that fails keeps the others from nothing. */
public final class EachCompany {
    private EachCompany() {}

    /**
     * Does it for all of them, one after the other.
     *
     * @throws RuntimeException that of the first company for which it failed, after the last
     */
    public static void of(List<UUID> companies, Consumer<UUID> work) {
        var failures = new ArrayList<RuntimeException>();
        for (UUID company : companies) {
            try {
                work.accept(company);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
