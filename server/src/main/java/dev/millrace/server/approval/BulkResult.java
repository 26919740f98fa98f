package dev.millrace.server.approval;

import dev.millrace.server.problem.Refusal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What became of one of many.
 *
 * @param code why it was refused; null if it was not
 * @param status of the request; null if it was refused
 */
record BulkResult(UUID id, boolean ok, Optional<String> status, Optional<String> code, Optional<String> detail) {
    static BulkResult of(UUID id, Supplier<Outcome> decide) {
        try {
            return new BulkResult(id, true, Optional.of(decide.get().status()), Optional.empty(), Optional.empty());
        } catch (Refusal refusal) {
            return new BulkResult(
                    id, false, Optional.empty(), Optional.of(refusal.code()), Optional.of(refusal.detail()));
        }
    }
}
