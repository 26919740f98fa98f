package dev.millrace.erp;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message, sent or to be sent.
 *
 * @param channel {@code in_app}, {@code email} or {@code whatsapp}
 * @param status {@code queued}, {@code sent}, {@code delivered} or {@code failed}
 * @param providerId {@code sandbox} when no provider is configured and the message went no further than this row
 * @param error why it could not be delivered
 */
public record Notification(
        UUID id,
        String channel,
        Optional<UUID> member,
        Optional<String> address,
        Optional<String> subject,
        Optional<String> body,
        Optional<String> template,
        Optional<String> link,
        String status,
        Optional<String> providerId,
        Optional<String> error,
        Optional<Instant> sentAt,
        Optional<Instant> readAt,
        Instant createdAt) {}
