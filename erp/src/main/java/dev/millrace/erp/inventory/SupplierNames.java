package dev.millrace.erp.inventory;

import dev.millrace.engine.Tx;
import java.util.Optional;
import java.util.UUID;

/** Who the company buys from, as far as stock needs to know it: suppliers are procurement's. */
@FunctionalInterface
public interface SupplierNames {
    Optional<String> name(Tx tx, UUID supplier);
}
