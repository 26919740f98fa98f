package dev.millrace.trials.bench.engine;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A definition to measure with.
 *
 * @param steps of one execution
 */
record Workload(String yaml, int steps) {
    private static final int FAN = 40;

    /** Five steps in a row that do nothing. */
    static Workload w1() {
        return chain("{ action: core.set, config: { values: { n: 1 } }");
    }

    /** Five steps in a row that each write a row, as those of an ERP do. */
    static Workload w1Local() {
        return chain("{ action: bench.post, config: { amount: \"118000.00\", note: \"{{ execution.id }}\" }");
    }

    private static Workload chain(String step) {
        String steps = IntStream.rangeClosed(1, 5)
                .mapToObj(n -> "    - " + step.replaceFirst("\\{", "{ id: s" + n + ",")
                        + (n == 1 ? " }" : ", depends_on: s" + (n - 1) + " }"))
                .collect(Collectors.joining("\n"));
        return new Workload(definition("{ manual: true }", steps), 5);
    }

    /** One step, forty beside each other, one that waits for all of them. */
    static Workload w2() {
        return fan("action: core.set, config: { values: { n: 1 } }");
    }

    /** The same with forty calls outside that take a while. */
    static Workload fanOfCalls() {
        return fan("action: bench.call");
    }

    private static Workload fan(String branch) {
        String branches = IntStream.rangeClosed(1, FAN)
                .mapToObj(n -> "    - { id: b" + n + ", depends_on: first, " + branch + " }")
                .collect(Collectors.joining("\n"));
        String all = IntStream.rangeClosed(1, FAN).mapToObj(n -> "b" + n).collect(Collectors.joining(", "));
        return new Workload(
                definition(
                        "{ manual: true }",
                        "    - { id: first, action: core.set, config: { values: { n: 1 } } }\n" + branches
                                + "\n    - { id: last, action: core.set, depends_on: [" + all
                                + "], config: { values: { n: 1 } } }"),
                FAN + 2);
    }

    /** Started by an event; its first step says when it started. */
    static Workload byEvent() {
        return new Workload(definition("{ event: bench.happened }", "    - { id: s1, action: bench.stamp }"), 1);
    }

    /** Waits for a decision; the next step says when it started. */
    static Workload approval() {
        String ask =
                "    - { id: ask, action: erp.approval.request, config: { role: Approver, message: May it go on? } }\n";
        String goOn = "    - { id: go_on, action: bench.stamp, depends_on: ask }";
        return new Workload(definition("{ manual: true }", ask + goOn), 2);
    }

    private static String definition(String trigger, String steps) {
        return "workflow:\n  name: bench\n  trigger: " + trigger + "\n  steps:\n" + steps + "\n";
    }
}
