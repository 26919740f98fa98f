package dev.millrace.server.demo;

/** Sells a little: to other states, within the state, and to somebody without a GSTIN. */
final class Shop {
    private static final Person CLERK = Person.SURESH;

    private final Trade trade;

    Shop(Trade trade) {
        this.trade = trade;
    }

    /** @return how many invoices were made */
    int sell() {
        trade.sell(CLERK, "C0001", "VLV-BALL-50", "40", "3350.00");
        trade.sell(CLERK, "C0018", "PNT-SYN-20L", "25", "4890.00");
        trade.sell(CLERK, "C0027", "CBL-CU-4MM", "600", "118.50");
        trade.sell(CLERK, "C0010", "BRG-6205", "60", "210.00");
        return 4;
    }
}
