package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.erp.NewSupplierInvoice.Line;
import dev.millrace.erp.SupplierInvoice.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A company that gets invoices: orders of BOLT from S1, within one state, at 18 percent. */
final class InvoiceDesk {
    static final LocalDate DAY = LocalDate.of(2025, 11, 20);

    final World world = new World();
    final SupplierInvoices invoices = world.erp.supplierInvoices(world.events, world.documents, world.trail());
    final Actor clerk = world.requester();

    /** Of a hundred at 250, approved. */
    PurchaseOrder order() {
        PurchaseOrder order = world.locked();
        world.events.published.clear();
        world.trail.clear();
        return order;
    }

    PurchaseOrder received(String quantity) {
        PurchaseOrder order = order();
        receive(order, quantity);
        return order;
    }

    /** As a receipt does. */
    void receive(PurchaseOrder order, String quantity) {
        world.sql(
                "update purchase_order_lines set received_qty = received_qty + " + quantity
                        + " where tenant_id = :tenant and purchase_order_id = :id",
                order.id());
    }

    static Line line(String quantity, String price) {
        var net = new BigDecimal(quantity).multiply(new BigDecimal(price));
        BigDecimal half = net.multiply(new BigDecimal("0.09")).setScale(2, RoundingMode.HALF_UP);
        return line(quantity, price, half, half, BigDecimal.ZERO);
    }

    static Line line(String quantity, String price, BigDecimal cgst, BigDecimal sgst, BigDecimal igst) {
        return new Line(
                Optional.of(1),
                Optional.empty(),
                Optional.empty(),
                new BigDecimal(quantity),
                new BigDecimal(price),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cgst),
                Optional.of(sgst),
                Optional.of(igst),
                Optional.empty());
    }

    static NewSupplierInvoice invoice(Optional<UUID> order, String number, Line... lines) {
        BigDecimal total = BigDecimal.ZERO;
        for (Line line : lines) {
            total = total.add(line.quantity().multiply(line.unitPrice()))
                    .add(line.cgst().orElseThrow())
                    .add(line.sgst().orElseThrow())
                    .add(line.igst().orElseThrow());
        }
        return new NewSupplierInvoice(
                Optional.empty(),
                Optional.of("S1"),
                number,
                DAY,
                order,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                total.setScale(2, RoundingMode.HALF_UP),
                Optional.empty(),
                List.of(lines));
    }

    SupplierInvoice take(PurchaseOrder order, String number, String quantity, String price) {
        return take(invoice(Optional.of(order.id()), number, line(quantity, price)));
    }

    SupplierInvoice take(NewSupplierInvoice invoice) {
        InvoiceIntake intake = world.run(tx -> invoices.receive(tx, invoice, clerk));
        return switch (intake) {
            case InvoiceIntake.Received received -> received.invoice();
            case InvoiceIntake.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    MatchResult match(SupplierInvoice invoice) {
        InvoiceMatch match = world.run(tx -> invoices.match(tx, invoice.id(), clerk));
        assertThat(match).isInstanceOf(InvoiceMatch.Matched.class);
        return ((InvoiceMatch.Matched) match).result();
    }

    InvoiceChange release(SupplierInvoice invoice) {
        return world.run(tx -> invoices.release(tx, invoice.id(), clerk));
    }

    /** Taken, matched and released. */
    SupplierInvoice released(PurchaseOrder order, String number, String quantity) {
        SupplierInvoice invoice = take(order, number, quantity, "250");
        match(invoice);
        assertThat(release(invoice)).isInstanceOf(InvoiceChange.Done.class);
        assertThat(get(invoice).status()).isEqualTo(Status.RELEASED);
        return get(invoice);
    }

    SupplierInvoice get(SupplierInvoice invoice) {
        return world.run(tx -> invoices.get(tx, invoice.id())).orElseThrow();
    }

    BigDecimal invoiced(PurchaseOrder order) {
        return world.get(order.id()).lines().getFirst().invoicedQty();
    }

    /** What a journal says, one line each: account, debit less credit. */
    List<String> booked(UUID journal) {
        return world.run(tx -> tx.handle()
                .createQuery("""
                        select a.code || ' ' || (l.debit - l.credit)::numeric(20, 2) as booked
                          from journal_lines l
                          join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                         where l.tenant_id = :tenant and l.journal_id = :journal
                         order by l.line_no
                        """)
                .bind("tenant", world.tenant)
                .bind("journal", journal)
                .mapTo(String.class)
                .list());
    }

    static String code(InvoiceChange change) {
        assertThat(change).isInstanceOf(InvoiceChange.Refused.class);
        return ((InvoiceChange.Refused) change).code();
    }
}
