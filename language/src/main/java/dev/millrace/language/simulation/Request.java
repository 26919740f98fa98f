package dev.millrace.language.simulation;

import dev.millrace.language.Simulated.Asked;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request for approval as it goes. */
final class Request {
    /**
     * Whom it asks, and about what.
     *
     * @param approvals how many different people must approve
     */
    record Question(
            Optional<String> role,
            Optional<String> user,
            Optional<BigDecimal> amount,
            Optional<String> currency,
            Optional<String> message,
            Optional<String> requester,
            List<String> exclude,
            int approvals) {

        static Question of(ObjectNode config, Optional<String> requester, String currency) {
            JsonNode amount = config.path("amount");
            Optional<BigDecimal> value = amount.isNumber() ? Optional.of(amount.decimalValue()) : Optional.empty();
            return new Question(
                    text(config, "role"),
                    text(config, "user"),
                    value,
                    text(config, "currency").or(() -> value.map(v -> currency)),
                    text(config, "message"),
                    requester,
                    config.path("exclude_users").values().stream()
                            .map(JsonNode::asString)
                            .toList(),
                    config.path("min_approvals").asInt(1));
        }

        /** The same question to somebody else. */
        Question to(ObjectNode target) {
            Optional<String> reason = text(target, "message");
            Optional<String> said = reason.isPresent() && message.isPresent()
                    ? Optional.of(reason.get() + "\n" + message.get())
                    : reason.or(() -> message);
            return new Question(
                    text(target, "to_role"), text(target, "to_user"), amount, currency, said, requester, exclude, approvals);
        }

        String asked() {
            return role.or(() -> user).orElse("");
        }

        private static Optional<String> text(ObjectNode config, String field) {
            return config.path(field).asStringOpt();
        }
    }

    final Question question;
    final int level;
    final int number;
    final Instant askedAt;
    final Instant expiresAt;
    /** Who has approved so far. */
    final Set<String> votes = new LinkedHashSet<>();

    /** Answers of the script that this request has had, heard or not. */
    int answersTaken;

    private final String unit;
    private String status = "pending";
    private Optional<String> by = Optional.empty();
    private Optional<String> comment = Optional.empty();
    private boolean automatic;
    private Optional<Instant> decidedAt = Optional.empty();

    /** @param number of the request within its step, from 0 */
    Request(String unit, Question question, int level, int number, Instant askedAt, Instant expiresAt) {
        this.unit = unit;
        this.question = question;
        this.level = level;
        this.number = number;
        this.askedAt = askedAt;
        this.expiresAt = expiresAt;
    }

    String id() {
        return Plausible.id(unit + "/request/" + number).toString();
    }

    boolean isPending() {
        return status.equals("pending");
    }

    void end(String as) {
        status = as;
    }

    void decide(String as, String who, Optional<String> saying, boolean byRule, Instant at) {
        status = as;
        by = Optional.of(who);
        comment = saying;
        automatic = byRule;
        decidedAt = Optional.of(at);
    }

    Asked asked() {
        return new Asked(
                unit,
                question.role(),
                question.user(),
                question.amount(),
                question.currency(),
                question.message(),
                level,
                status,
                by,
                comment,
                automatic,
                askedAt,
                expiresAt,
                decidedAt);
    }
}
