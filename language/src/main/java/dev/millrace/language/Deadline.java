package dev.millrace.language;

import java.time.Duration;

/**
 * One entry of {@code on_timeout}.
 *
 * @param after counted from the moment the step began to wait
 * @param thenContinue the step goes on waiting after the action
 */
public record Deadline(Duration after, String action, Template config, boolean thenContinue) {}
