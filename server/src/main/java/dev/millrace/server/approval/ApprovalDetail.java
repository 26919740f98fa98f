package dev.millrace.server.approval;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.millrace.engine.FieldChange;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * All of one request for approval: the item of the lists, and more.
 *
 * @param material the document's material fields when it was asked: of these is {@code snapshot} the hash
 * @param differsNow what differs in the document at this moment: something that the company tolerates, or, once it is
 *     decided, what was changed since
 * @param reading the workflow in plain English
 */
record ApprovalDetail(
        @JsonUnwrapped ApprovalBody approval,
        Optional<ObjectNode> material,
        List<FieldChange> differsNow,
        Optional<String> reading) {}
