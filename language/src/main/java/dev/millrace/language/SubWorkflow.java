package dev.millrace.language;

import java.util.Set;

/**
 * A definition of the company, as far as another one that wants to run it must know it.
 *
 * @param enabled one that is not cannot be run
 * @param manual it starts by hand; no other can be run
 * @param runs names of the definitions that it runs itself, those that are written out; in any order
 */
public record SubWorkflow(boolean enabled, boolean manual, Set<String> runs) {
    public SubWorkflow {
        runs = Set.copyOf(runs);
    }
}
