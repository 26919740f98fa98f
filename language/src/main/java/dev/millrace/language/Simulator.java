package dev.millrace.language;

import dev.millrace.language.simulation.Simulation;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a definition without effects: the real planner and the real expressions, on a clock of its own. There is no way
 * from here to what an action does; outputs come from the declared types and from the {@link Script}. Deterministic.
 *
 * <p>Made up are: texts as {@code x}, numbers as 0 or the smallest allowed, the first of several words, empty lists and
 * maps, {@code false}, ids that differ from unit to unit, the simulated instant and its date. Actions take no time;
 * a retry comes after the longest delay that the step allows. Pure actions ({@code core.set}, {@code core.decide},
 * {@code core.assert}, {@code core.stop}, {@code core.wait}) do what they do in an execution.
 */
public final class Simulator {
    /** Work that a run may take: one for each look at a step or an item, twenty for each attempt. */
    public static final int WORK = 1_000_000;

    private final Simulation.Prepared prepared;

    private Simulator(Simulation.Prepared prepared) {
        this.prepared = prepared;
    }

    /** For many happenings. */
    public static Simulator of(Definition definition, Catalogue catalogue) {
        return new Simulator(Simulation.prepare(definition, catalogue));
    }

    /**
     * A payload or output that fits its shape: what is given, and the required fields that are not, made up.
     *
     * @param given may not fit: it is kept as it is
     */
    public static ObjectNode plausible(Shape shape, JsonNode given, Instant now, Catalogue catalogue) {
        return Simulation.plausible(shape, given, now, catalogue);
    }

    /** For one. */
    public static Simulated run(Definition definition, Catalogue catalogue, Happening happening, Script script) {
        return of(definition, catalogue).run(happening, script);
    }

    /** Never throws; ends after {@link #WORK}. */
    public Simulated run(Happening happening, Script script) {
        return run(happening, script, WORK);
    }

    /** @param most work after which the run is {@code unfinished} */
    public Simulated run(Happening happening, Script script, int most) {
        return prepared.run(happening, script, most);
    }
}
