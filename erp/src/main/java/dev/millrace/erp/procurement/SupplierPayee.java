package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.payments.Payee;
import java.util.Optional;
import java.util.UUID;

/** Suppliers, as those who are paid. */
public final class SupplierPayee implements Payee {
    private final SupplierPayeeRows rows = new SupplierPayeeRows();

    @Override
    public String type() {
        return "supplier";
    }

    @Override
    public Optional<Facts> hold(Tx tx, UUID id) {
        return rows.hold(tx, id);
    }
}
