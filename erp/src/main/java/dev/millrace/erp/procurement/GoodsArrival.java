package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Herald;
import java.util.UUID;

/**
 * Who is told that goods of an order came in. Whoever books a receipt calls it in the receipt's transaction, after it
 * wrote the quantities received, with the lines of the order locked.
 */
public interface GoodsArrival {
    /**
     * @param number of the receipt
     */
    void arrived(Tx tx, UUID order, UUID receipt, String number, Herald herald);
}
