package dev.millrace.trials.faults;

import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The kinds of work in a trial, with the share of each and what the database must hold when one has completed. */
enum Flavour {
    STRAIGHT(34, 5, """
            steps:
              - { id: s1, action: trial.effect, config: { think: 40 } }
              - { id: s2, action: trial.effect, depends_on: s1, config: { think: 40 } }
              - { id: s3, action: trial.effect, depends_on: s2, config: { think: 40 } }
              - { id: s4, action: trial.effect, depends_on: s3, config: { think: 40 } }
              - { id: s5, action: trial.effect, depends_on: s4, config: { think: 40 } }
            """),
    FORK(15, 5, """
            steps:
              - { id: s1, action: trial.effect, config: { think: 10 } }
              - { id: s2, action: trial.effect, depends_on: s1, config: { think: 80 } }
              - { id: s3, action: trial.call, depends_on: s1, config: { think: 80 } }
              - { id: s4, action: trial.effect, depends_on: s1, config: { think: 40 } }
              - { id: s5, action: trial.effect, depends_on: [s2, s3, s4], config: { think: 10 } }
            """),
    APPROVAL(15, 3, """
            steps:
              - { id: s1, action: trial.effect, config: { think: 10 } }
              - { id: ask, action: erp.approval.request, depends_on: s1, config: { role: Finance Head } }
              - { id: slow, action: trial.call, depends_on: s1, config: { think: 900 } }
              - { id: s2, action: trial.effect, depends_on: [ask, slow], config: { think: 10 } }
            """),
    DEADLINE(5, 1, """
            steps:
              - id: ask
                action: erp.approval.request
                config: { role: Finance Head, message: left to the deadline }
                on_timeout: { after: 1s, action: erp.approval.escalate, config: { to_role: CFO } }
              - { id: s1, action: trial.effect, depends_on: ask, config: { think: 10 } }
            """),
    RETRY(8, 2, """
            steps:
              - id: s1
                action: trial.flaky
                config: { until: 3 }
                retry: { max_attempts: 6, initial_delay: 1s, multiplier: 1, max_delay: 1s }
              - { id: s2, action: trial.effect, depends_on: s1, config: { think: 10 } }
            """),
    TIMER(5, 2, """
            steps:
              - { id: s1, action: trial.effect, config: { think: 10 } }
              - { id: pause, action: core.wait, depends_on: s1, config: { for: 1s } }
              - { id: s2, action: trial.effect, depends_on: pause, config: { think: 10 } }
            """),
    LIST(8, 5, """
            steps:
              - { id: list, action: trial.effect, for_each: [1, 2, 3, 4], config: { think: 20 } }
              - { id: s5, action: trial.effect, depends_on: list, config: { think: 10 } }
            """),
    CHAIN(10, 2, """
            steps:
              - { id: s1, action: trial.effect, config: { think: 10 } }
              - { id: s2, action: trial.emit, depends_on: s1, config: {} }
            """);

    /** The event by which {@link #CHAIN} starts its second half, on the node that runs the first. */
    static final String FOLLOWED = "trial.followed";

    static final String FOLLOWING = """
            workflow:
              name: following
              trigger: { event: trial.followed }
              steps:
                - { id: s1, action: trial.effect, config: { think: 40 } }
                - { id: s2, action: trial.effect, depends_on: s1, config: { think: 40 } }
            """;

    /** Fires each second on whichever node is first. */
    static final String SCHEDULED = """
            workflow:
              name: scheduled
              trigger: { schedule: '* * * * * *' }
              steps:
                - { id: s1, action: trial.effect, config: { think: 10 } }
            """;

    /** Kills every node that runs it. */
    static final String POISON = """
            workflow:
              name: poison
              trigger: { event: trial.poison }
              steps:
                - { id: s1, action: trial.halt, config: {} }
            """;

    static final String POISONED = "trial.poison";

    static final List<EventType> EVENTS = java.util.stream.Stream.concat(
                    Arrays.stream(values()).map(Flavour::event), java.util.stream.Stream.of(FOLLOWED, POISONED))
            .map(Flavour::type)
            .toList();

    private final int share;
    private final int effects;
    private final String steps;

    Flavour(int share, int effects, String steps) {
        this.share = share;
        this.effects = effects;
        this.steps = steps;
    }

    private static EventType type(String name) {
        return new EventType(
                name,
                "trial",
                "Something that starts work happened.",
                Shape.of(
                        Field.required("id", Scalar.UUID, "What it happened to"),
                        Field.optional("requested_by", Scalar.STRING, "Who asked for it")));
    }

    static Flavour any(Random random) {
        int roll = random.nextInt(Arrays.stream(values()).mapToInt(f -> f.share).sum());
        for (Flavour flavour : values()) {
            roll -= flavour.share;
            if (roll < 0) {
                return flavour;
            }
        }
        return STRAIGHT;
    }

    static Optional<Flavour> named(String workflow) {
        return Arrays.stream(values())
                .filter(f -> f.workflow().equals(workflow))
                .findFirst();
    }

    String workflow() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String event() {
        return "trial." + workflow();
    }

    /** Rows that one completed execution must have written. */
    int effects() {
        return effects;
    }

    String yaml() {
        return "workflow:\n  name: %s\n  trigger: { event: %s }\n%s".formatted(workflow(), event(), steps.indent(2));
    }
}
