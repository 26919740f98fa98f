package dev.millrace.server.demo;

import dev.millrace.erp.NewSalesInvoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** Sells a little: to another state, within the state, and to somebody without a GSTIN. */
final class Shop {
    private static final Person CLERK = Person.SURESH;

    private final Trade trade;

    Shop(Trade trade) {
        this.trade = trade;
    }

    /** @return the invoices */
    List<UUID> sell() {
        return List.of(
                sell("C0001", "VLV-BALL-50", "40", "3350.00"),
                sell("C0018", "PNT-SYN-20L", "25", "4890.00"),
                sell("C0027", "CBL-CU-4MM", "600", "118.50"),
                sell("C0010", "BRG-6205", "60", "210.00"));
    }

    private UUID sell(String customer, String item, String quantity, String price) {
        return trade.sell(
                CLERK,
                NewSalesInvoice.of(
                        customer,
                        List.of(NewSalesInvoice.Line.of(item, new BigDecimal(quantity), new BigDecimal(price)))));
    }
}
