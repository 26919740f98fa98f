package dev.millrace.language;

import dev.millrace.language.StepState.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a {@link Simulator} run.
 *
 * @param starts whether an execution starts
 * @param reason why, or why not: {@code trigger.total_amount > 500000 is false}
 * @param values what the trigger's condition read
 * @param misfits of the payload, or of outputs in the script ({@code outputs.match.decision}); with any, nothing starts
 * @param path ids of steps that ran, in the order in which they ended
 * @param status {@code completed, failed, cancelled}; {@code not_started}; {@code unfinished} at the limit
 * @param outcome {@code succeeded, rejected, expired, stopped, failed, cancelled}, else as the status
 * @param failed the step that decided the end, and why
 * @param approvals every request made, in order
 * @param units by id, all that ran or settled: steps, items, entries of {@code on_error}, {@code on_timeout} and
 *     {@code on_failure}
 * @param endedAt on the clock of the simulation
 * @param work what it took, in units of {@link Simulator#WORK}
 */
public record Simulated(
        boolean starts,
        String reason,
        List<Value> values,
        List<Fitted.Misfit> misfits,
        List<String> path,
        String status,
        String outcome,
        Optional<Failure> failed,
        List<Asked> approvals,
        Map<String, Ran> units,
        List<Moment> timeline,
        Instant endedAt,
        int work) {
    public Simulated {
        values = List.copyOf(values);
        misfits = List.copyOf(misfits);
        path = List.copyOf(path);
        approvals = List.copyOf(approvals);
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
        timeline = List.copyOf(timeline);
    }

    /** A path that an expression read, and what it found. */
    public record Value(String path, JsonNode value) {}

    public record Failure(String step, StepError error) {}

    /**
     * One request for approval.
     *
     * @param step the step, or item, that asked
     * @param level 1 for the first asked, one more for each escalation
     * @param status {@code pending, approved, rejected, returned, expired, cancelled}
     * @param decidedBy member id or e-mail, or {@code system}
     * @param automatic approved by a rule when time had passed
     */
    public record Asked(
            String step,
            Optional<String> role,
            Optional<String> user,
            Optional<BigDecimal> amount,
            Optional<String> currency,
            Optional<String> message,
            int level,
            String status,
            Optional<String> decidedBy,
            Optional<String> comment,
            boolean automatic,
            Instant askedAt,
            Instant expiresAt,
            Optional<Instant> decidedAt) {}

    /**
     * How one unit ended.
     *
     * @param attempts begun; 0 when it was skipped
     * @param input the rendered config of the last attempt, fitted; empty if it never came so far
     * @param output missing unless completed
     */
    public record Ran(
            String unit,
            String action,
            Status status,
            Optional<String> skipReason,
            int attempts,
            Optional<ObjectNode> input,
            JsonNode output,
            Optional<StepError> error) {}

    /**
     * @param unit empty for the execution itself
     * @param what {@code started, asked, waiting, completed, failed, retried, skipped, approved, rejected, returned,
     *     unheard, counted, expired, escalated, cancelled, ended}
     * @param text for people
     */
    public record Moment(Instant at, String unit, String what, String text) {}
}
