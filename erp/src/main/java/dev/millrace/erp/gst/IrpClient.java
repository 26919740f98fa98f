package dev.millrace.erp.gst;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * The invoice registration portal: the sandbox in this process, or one that is reached by HTTP. Every method may be called
 * again with the same arguments; the portal itself knows what it has registered. Never inside a transaction.
 */
public interface IrpClient {
    /** The portal's clock. */
    ZoneId INDIA = ZoneId.of("Asia/Kolkata");

    /** How the portal writes a time, in {@link #INDIA}. */
    DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /**
     * @param document INV-01, version 1.1
     */
    Registration register(Seller seller, ObjectNode document);

    Lookup get(Seller seller, String irn);

    /**
     * @param remark at most 100 characters; empty for none
     */
    Cancellation cancel(Seller seller, String irn, CancelReason reason, String remark);

    /** On whose behalf the portal is called. */
    record Seller(UUID tenant, String gstin) {}

    /**
     * What the portal gives for a document.
     *
     * @param signedInvoice JWS, RS256
     * @param signedQr JWS, RS256: what stands in the QR code of the printed invoice
     */
    record Ack(
            String irn,
            String ackNo,
            Instant ackAt,
            String signedInvoice,
            String signedQr,
            Optional<String> eWayBillNo) {}

    /** @param code the portal's number, {@code 2172}; of the sandbox's own checks {@code SBX-…} */
    record IrpError(String code, String message) {}

    sealed interface Registration permits Registered, Duplicate, Refused, Away {}

    sealed interface Lookup permits Found, Refused, Away {}

    sealed interface Cancellation permits Cancelled, Refused, Away {}

    record Registered(Ack ack) implements Registration {}

    /** It is registered already, perhaps by an earlier call whose answer was lost: {@link #get} tells what it is. */
    record Duplicate(String irn, String ackNo, Instant ackAt) implements Registration {}

    /** @param active false: it was cancelled */
    record Found(Ack ack, boolean active) implements Lookup {}

    record Cancelled(Instant at) implements Cancellation {}

    /** Sending the same again will not help. */
    record Refused(List<IrpError> errors) implements Registration, Lookup, Cancellation {
        public Refused {
            errors = List.copyOf(errors);
        }

        boolean has(String code) {
            return errors.stream().anyMatch(error -> error.code().equals(code));
        }

        /** {@code 2172: IGST on …; 2176: …}. */
        String text() {
            return String.join(
                    "; ",
                    errors.stream()
                            .map(error -> error.code() + ": " + error.message())
                            .toList());
        }
    }

    /**
     * There is no answer, or not now: what was asked may have been done.
     *
     * @param signIn the portal did not let us in
     */
    record Away(boolean signIn, String reason) implements Registration, Lookup, Cancellation {}
}
