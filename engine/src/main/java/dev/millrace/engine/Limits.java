package dev.millrace.engine;

import dev.millrace.engine.action.ActionFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What an installation allows at most; the same on all its nodes. Sizes are bytes of JSON in UTF-8.
 *
 * @param runningTime of one execution, by the database's clock, without the time for which it is parked: beyond it fails as
 *     {@code execution_time_limit}
 * @param payloadBytes of an event, of a start by hand and of a start by {@code core.run_workflow}: beyond it is refused as
 *     {@code payload_too_large}
 * @param inputBytes of a step's config after its templates: beyond the step fails as {@code input_too_large}
 * @param outputBytes of what a step gives, for a list of all its items: beyond the step fails as {@code output_too_large}
 * @param depth events and workflows that start each other: beyond nothing starts, {@code depth_exceeded}
 */
public record Limits(Duration runningTime, int payloadBytes, int inputBytes, int outputBytes, int depth) {
    /** 24 hours, 256 KiB of payload, 1 MiB of input and of output, 16 deep. */
    public static final Limits DEFAULT = new Limits(Duration.ofHours(24), 256 * 1024, 1024 * 1024, 1024 * 1024, 16);

    /** Smallest and largest of the sizes, and the deepest of chains, that may be set. */
    public static final int LEAST_BYTES = 1024;

    public static final int MOST_BYTES = 64 * 1024 * 1024;
    public static final int MOST_DEPTH = 1000;

    public Limits {
        if (runningTime.isNegative() || runningTime.isZero()) {
            throw new IllegalArgumentException("Expected a running time above zero but got " + runningTime);
        }
        if (payloadBytes < LEAST_BYTES || inputBytes < LEAST_BYTES || outputBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("Expected sizes of at least 1024 bytes but got " + payloadBytes + ", "
                    + inputBytes + " and " + outputBytes);
        }
        if (depth < 1 || depth > MOST_DEPTH) {
            throw new IllegalArgumentException("Expected a depth of 1 to 1000 but got " + depth);
        }
    }

    public boolean isPayloadTooLarge(JsonNode payload) {
        return isLarger(payload, payloadBytes);
    }

    public boolean isOutputTooLarge(JsonNode output) {
        return isLarger(output, outputBytes);
    }

    /** @throws ActionFailure the config of a step is too large */
    public void checkInput(JsonNode input) {
        if (isLarger(input, inputBytes)) {
            throw ActionFailure.permanent(
                    "input_too_large",
                    "Expected a config of at most " + inputBytes + " bytes after its templates but got more;"
                            + " pass an id or fewer fields on");
        }
    }

    /** @throws ActionFailure what a step gave is too large */
    public void checkOutput(JsonNode output) {
        if (isOutputTooLarge(output)) {
            throw ActionFailure.permanent("output_too_large", outputTooLarge());
        }
    }

    public String outputTooLarge() {
        return "Expected an output of at most " + outputBytes + " bytes but got more; give fewer rows or fields";
    }

    public String payloadTooLarge() {
        return "Expected a payload of at most " + payloadBytes + " bytes but got more; send an id instead of the whole";
    }

    /** Most values are far below: what they may take at most is summed up without writing them. */
    private static boolean isLarger(JsonNode value, int bytes) {
        return bound(value, bytes) > bytes && Json.write(value).getBytes(StandardCharsets.UTF_8).length > bytes;
    }

    /** At least as much as the value takes; stops counting beyond {@code enough}. */
    private static long bound(JsonNode value, long enough) {
        long sum = 2;
        if (value.isObject()) {
            for (var entry : value.properties()) {
                sum += 4 + 6L * entry.getKey().length() + bound(entry.getValue(), enough - sum);
                if (sum > enough) {
                    return sum;
                }
            }
            return sum;
        }
        if (value.isArray()) {
            for (JsonNode item : value.values()) {
                sum += 1 + bound(item, enough - sum);
                if (sum > enough) {
                    return sum;
                }
            }
            return sum;
        }
        return value.isString()
                ? sum + 6L * value.stringValue().length()
                : sum + value.asString().length() + 5L;
    }
}
