package dev.millrace.engine.policy;

import dev.millrace.language.Policies;
import java.util.Set;

/**
 * What a company allows.
 *
 * @param modules those switched on
 * @param currency its own
 */
record Rules(Policies policies, Set<String> modules, String currency) {
    Rules {
        modules = Set.copyOf(modules);
    }
}
