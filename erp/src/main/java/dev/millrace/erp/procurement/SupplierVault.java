package dev.millrace.erp.procurement;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.BankDetails;
import dev.millrace.erp.core.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Keeps the bank details of suppliers so that nobody reads them in the database. */
public final class SupplierVault {
    private static final int SHOWN = 4;

    private final Vault vault;
    private final SupplierRows rows = new SupplierRows();

    public SupplierVault(Vault vault) {
        this.vault = vault;
    }

    byte[] seal(Tx tx, UUID supplier, BankDetails bank) {
        return vault.seal(tx, purpose(supplier), Json.write(Json.tree(bank)).getBytes(StandardCharsets.UTF_8));
    }

    /** In full; empty: none are known. */
    public Optional<BankDetails> open(Tx tx, UUID supplier) {
        return rows.bank(tx, supplier)
                .map(bank -> new String(vault.open(tx, purpose(supplier), bank), StandardCharsets.UTF_8))
                .map(clear -> Json.bind(Json.readObject(clear), BankDetails.class));
    }

    /** What everybody may see of it. */
    static String last4(BankDetails bank) {
        return bank.account().substring(bank.account().length() - SHOWN);
    }

    private static String purpose(UUID supplier) {
        return "supplier_bank/" + supplier;
    }
}
