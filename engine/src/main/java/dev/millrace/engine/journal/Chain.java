package dev.millrace.engine.journal;

import dev.millrace.engine.Json;
import dev.millrace.engine.journal.JournalRows.Stored;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/** The hash of a seal: SHA-256 over the hash before it and the entry in one fixed form. */
final class Chain {
    private Chain() {}

    /** @param previous in hexadecimal, as is the answer */
    static String hash(String previous, long seq, Stored entry) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(previous));
            digest.update(canonical(seq, entry).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Every column of the entry, in one order; changing this breaks every chain there is. */
    private static String canonical(long seq, Stored entry) {
        ObjectNode json = Json.object();
        json.put("seq", seq);
        json.put("id", entry.id().toString());
        json.put("at", Json.text(entry.at()));
        json.put("type", entry.type());
        json.put("actor_kind", entry.actor().kind());
        json.put("actor_id", entry.actor().id().orElse(null));
        json.put("actor_name", entry.actor().name());
        json.put("resource_type", entry.resourceType());
        json.put("resource_id", entry.resourceId());
        json.put("execution_id", entry.executionId().map(Object::toString).orElse(null));
        json.put("execution_seq", entry.executionSeq().orElse(null));
        json.put("step_id", entry.stepId().orElse(null));
        json.put("definition_id", entry.definitionId().map(Object::toString).orElse(null));
        json.put("workflow_name", entry.workflowName().orElse(null));
        json.put("version", entry.version().orElse(null));
        json.put("before", entry.before().orElse(null));
        json.put("after", entry.after().orElse(null));
        json.put("comment", entry.comment().orElse(null));
        json.put("trace_id", entry.traceId().orElse(null));
        json.put("link", entry.link().orElse(null));
        return Json.write(json);
    }
}
