package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Herald;
import java.util.UUID;

/** Is told, in the transaction of the receipt, that goods came for an order: an invoice may have waited for them. */
@FunctionalInterface
public interface GoodsFollower {
    /** The order's row is locked. */
    void goodsCame(Tx tx, UUID order, Herald herald);
}
