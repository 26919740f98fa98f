package dev.millrace.erp;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A secret that signs webhooks, without the secret itself: that is shown once, when it is made.
 *
 * @param version how often it was made anew, from 1
 * @param previousUntil until when the one before signs too
 */
public record WebhookSecret(
        UUID id,
        String name,
        int version,
        Optional<Instant> previousUntil,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt) {}
