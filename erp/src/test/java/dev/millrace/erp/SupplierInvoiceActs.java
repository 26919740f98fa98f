package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Invoices of suppliers. */
final class SupplierInvoiceActs {
    private static final String TABLE = "supplier_invoices";

    private final Scene scene;
    private final SupplierInvoices invoices;
    private final Actor accounts;
    private int number;

    SupplierInvoiceActs(Scene scene) {
        Acme acme = scene.acme();
        this.scene = scene;
        this.invoices = acme.erp.supplierInvoices(acme.engine.events(), acme.engine.documents(), acme.trail);
        this.accounts = acme.actor("accounts");
    }

    List<Scene.Act> all() {
        return List.of(
                scene.act(this::take),
                scene.act(this::take),
                scene.act(this::take),
                scene.act(this::release),
                scene.act(this::release),
                scene.act(this::hold),
                scene.act(this::awaitGoods),
                scene.act(this::awaitGoods),
                scene.act(this::lift),
                scene.act(this::reject),
                scene.act(this::takeBack));
    }

    private void take(Tx tx) {
        var line = InvoiceDesk.line("2", "415", BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("149.40"));
        scene.one(tx, "purchase_orders", "status in ('approved', 'partially_received', 'received')")
                .ifPresent(order -> invoices.receive(
                        tx,
                        new NewSupplierInvoice(
                                Optional.empty(),
                                Optional.of("S0001"),
                                "H-" + ++number,
                                InvoiceDesk.DAY,
                                Optional.of(order),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                new BigDecimal("979.40"),
                                Optional.empty(),
                                List.of(line)),
                        accounts));
    }

    private void release(Tx tx) {
        scene.one(tx, TABLE, "status = 'received'").ifPresent(invoice -> {
            invoices.match(tx, invoice, accounts);
            invoices.release(tx, invoice, accounts);
        });
    }

    /** Again for the same reason, now and then. */
    private void hold(Tx tx) {
        scene.one(tx, TABLE, "status = 'received' or status = 'on_hold' and hold_code = 'manual'")
                .ifPresent(invoice -> invoices.hold(tx, invoice, HoldCode.MANUAL, "to be asked about", accounts));
    }

    /** Matched at once, so that nothing can have come since. */
    private void awaitGoods(Tx tx) {
        scene.one(tx, TABLE, "status = 'received'").ifPresent(invoice -> {
            invoices.match(tx, invoice, accounts);
            invoices.hold(tx, invoice, HoldCode.RECEIPT, "nothing came yet", accounts);
        });
    }

    /** Also of those that wait for goods: nobody is told that some came. */
    private void lift(Tx tx) {
        scene.one(tx, TABLE, "status in ('received', 'on_hold')")
                .ifPresent(invoice -> invoices.lift(tx, invoice, "asked about", accounts));
    }

    private void reject(Tx tx) {
        scene.one(tx, TABLE, "status in ('received', 'rejected', 'released')")
                .ifPresent(invoice -> invoices.reject(tx, invoice, "not ours", accounts));
    }

    private void takeBack(Tx tx) {
        scene.one(tx, TABLE, "status in ('received', 'on_hold', 'released')").ifPresent(invoice -> {
            if (scene.onceIn(2)) {
                invoices.cancel(tx, invoice, "taken back", accounts);
            } else {
                invoices.reverse(tx, invoice, "taken back", accounts);
            }
        });
    }
}
