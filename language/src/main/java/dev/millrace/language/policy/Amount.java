package dev.millrace.language.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * The amount of an action that is of interest only above a limit.
 *
 * @param paths where the definition reads it; empty: nothing is known of it
 * @param above in the tenant's currency
 */
public record Amount(Set<List<String>> paths, BigDecimal above) {
    public Amount {
        paths = Set.copyOf(paths);
    }
}
