package dev.millrace.erp.gst;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.gst.IrpClient.Ack;
import java.time.Instant;
import java.util.Optional;

/** The table {@code irp_sandbox_documents}: what the sandbox has registered. */
final class SandboxRows {
    // Index: irp_sandbox_documents_pkey.
    private static final String FIND = """
            select irn, seller_gstin, ack_no, ack_at, signed_invoice, signed_qr, e_way_bill_no, cancelled_at
              from irp_sandbox_documents
             where tenant_id = :tenant and irn = :irn
            """;

    record Kept(Ack ack, String sellerGstin, Optional<Instant> cancelledAt) {}

    Optional<Kept> find(Tx tx, String irn) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("irn", irn)
                .map((row, context) -> new Kept(
                        new Ack(
                                row.getString("irn"),
                                row.getString("ack_no"),
                                instant(row, "ack_at").orElseThrow(),
                                row.getString("signed_invoice"),
                                row.getString("signed_qr"),
                                Optional.ofNullable(row.getString("e_way_bill_no"))),
                        row.getString("seller_gstin"),
                        instant(row, "cancelled_at")))
                .findOne();
    }

    // Index: irp_sandbox_documents_pkey.
    private static final String INSERT = """
            insert into irp_sandbox_documents
                   (tenant_id, irn, seller_gstin, ack_no, ack_at, signed_invoice, signed_qr, e_way_bill_no)
            values (:tenant, :irn, :seller, :ackNo, :ackAt, :signedInvoice, :signedQr, :eWayBillNo)
                on conflict (tenant_id, irn) do nothing
            """;

    /** @return false: another one was first */
    boolean insert(Tx tx, String seller, Ack ack) {
        return tx.handle()
                        .createUpdate(INSERT)
                        .bind("tenant", tx.tenant())
                        .bind("irn", ack.irn())
                        .bind("seller", seller)
                        .bind("ackNo", Long.parseLong(ack.ackNo()))
                        .bind("ackAt", ack.ackAt())
                        .bind("signedInvoice", ack.signedInvoice())
                        .bind("signedQr", ack.signedQr())
                        .bind("eWayBillNo", ack.eWayBillNo().map(Long::valueOf))
                        .execute()
                == 1;
    }

    // Index: irp_sandbox_documents_pkey.
    private static final String CANCEL = """
            update irp_sandbox_documents set cancelled_at = :at, cancel_code = :code, cancel_remark = :remark
             where tenant_id = :tenant and irn = :irn and cancelled_at is null
            """;

    boolean cancel(Tx tx, String irn, Instant at, String code, String remark) {
        return tx.handle()
                        .createUpdate(CANCEL)
                        .bind("tenant", tx.tenant())
                        .bind("irn", irn)
                        .bind("at", at)
                        .bind("code", code)
                        .bind("remark", remark)
                        .execute()
                == 1;
    }
}
