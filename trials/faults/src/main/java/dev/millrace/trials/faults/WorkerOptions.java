package dev.millrace.trials.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a node of a trial is told on its command line.
 *
 * @param receiver port of the outside world that external actions call
 * @param limits false: the session time-outs are left out, which is one of the planted bugs
 * @param hints whether nodes tell each other what they might want to know; false: the poll alone finds it
 * @param commitDelay commits come late by up to this, so that faults find transactions open
 */
record WorkerOptions(
        UUID node,
        String url,
        String user,
        String password,
        Duration lease,
        Duration poll,
        int receiver,
        Optional<PlantedBug> bug,
        boolean limits,
        boolean hints,
        Duration commitDelay) {

    List<String> arguments() {
        return List.of(
                "node=" + node,
                "url=" + url,
                "user=" + user,
                "password=" + password,
                "lease=" + lease.toMillis(),
                "poll=" + poll.toMillis(),
                "receiver=" + receiver,
                "bug=" + bug.map(PlantedBug::name).orElse(""),
                "limits=" + limits,
                "hints=" + hints,
                "commitDelay=" + commitDelay.toMillis());
    }

    static WorkerOptions parse(String[] arguments) {
        Map<String, String> of = Arrays.stream(arguments)
                .map(a -> a.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new WorkerOptions(
                UUID.fromString(get(of, "node")),
                get(of, "url"),
                get(of, "user"),
                get(of, "password"),
                millis(of, "lease"),
                millis(of, "poll"),
                Integer.parseInt(get(of, "receiver")),
                Optional.of(get(of, "bug")).filter(b -> !b.isEmpty()).map(PlantedBug::valueOf),
                Boolean.parseBoolean(get(of, "limits")),
                Boolean.parseBoolean(get(of, "hints")),
                millis(of, "commitDelay"));
    }

    private static Duration millis(Map<String, String> of, String key) {
        return Duration.ofMillis(Long.parseLong(get(of, key)));
    }

    private static String get(Map<String, String> of, String key) {
        return Optional.ofNullable(of.get(key))
                .orElseThrow(() -> new IllegalArgumentException("a node needs " + key + "=…"));
    }
}
