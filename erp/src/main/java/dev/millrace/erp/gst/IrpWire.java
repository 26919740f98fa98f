package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import dev.millrace.erp.gst.IrpClient.Ack;
import dev.millrace.erp.gst.IrpClient.Duplicate;
import dev.millrace.erp.gst.IrpClient.IrpError;
import dev.millrace.erp.gst.IrpClient.Refused;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the portal's envelope: {@code {Status, Data, ErrorDetails[{ErrorCode, ErrorMessage}], InfoDtls[{InfCd, Desc}]}}. */
final class IrpWire {
    /** Its ways of saying that it is busy. */
    private static final Set<String> BUSY = Set.of("2146", "2147");

    private static final String DUPLICATE = "2150";
    private static final String DUPLICATE_INFO = "DUPIRN";
    private static final String ACTIVE = "ACT";

    private IrpWire() {}

    static boolean isGood(JsonNode envelope) {
        return envelope.path("Status").asString("").equals("1");
    }

    /** Some answer with an object, some with its text. */
    static JsonNode data(JsonNode envelope) {
        JsonNode data = envelope.path("Data");
        return data.isString() ? Json.read(data.asString()) : data;
    }

    static Ack ack(JsonNode data) {
        return new Ack(
                text(data, "Irn"),
                text(data, "AckNo"),
                time(data, "AckDt"),
                text(data, "SignedInvoice"),
                text(data, "SignedQRCode"),
                Optional.of(text(data, "EwbNo")).filter(number -> !number.isEmpty()));
    }

    static boolean isActive(JsonNode data) {
        return text(data, "Status").equals(ACTIVE);
    }

    static Instant time(JsonNode data, String field) {
        return LocalDateTime.parse(text(data, field), IrpClient.TIME)
                .atZone(IrpClient.INDIA)
                .toInstant();
    }

    static Refused refused(JsonNode envelope) {
        var errors = new ArrayList<IrpError>();
        for (JsonNode error : envelope.path("ErrorDetails")) {
            errors.add(new IrpError(text(error, "ErrorCode"), text(error, "ErrorMessage")));
        }
        return new Refused(errors.isEmpty() ? List.of(new IrpError("unknown", "the portal gave no reason")) : errors);
    }

    static boolean isBusy(JsonNode envelope) {
        return BUSY.stream().anyMatch(refused(envelope)::has);
    }

    /** Empty: the answer is not about a duplicate. */
    static Optional<Duplicate> duplicate(JsonNode envelope) {
        if (!refused(envelope).has(DUPLICATE)) {
            return Optional.empty();
        }
        for (JsonNode info : envelope.path("InfoDtls")) {
            if (text(info, "InfCd").equals(DUPLICATE_INFO)) {
                JsonNode known = info.path("Desc");
                return Optional.of(new Duplicate(text(known, "Irn"), text(known, "AckNo"), time(known, "AckDt")));
            }
        }
        return Optional.empty();
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() || value.isMissingNode() ? "" : value.asString();
    }
}
