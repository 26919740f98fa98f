package dev.millrace.server.request;

import dev.millrace.engine.action.Describe;

/** Why a document is taken back, refused or held. */
public record ReasonForm(
        @Describe(value = "for people and the journal", least = 1, most = 2_000)
        String reason) {}
