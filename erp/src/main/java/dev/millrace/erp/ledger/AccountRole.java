package dev.millrace.erp.ledger;

import java.util.Locale;

/**
 * What postings of documents call their accounts. Which account of the chart a role is says each company, in the table
 * {@code account_roles}; the code beside each is that of the chart which a company begins with.
 */
public enum AccountRole {
    /** 1000. */
    BANK,
    /** 1010. */
    CASH,
    /** 1100: with the customer as party. */
    RECEIVABLE,
    /** 1200: of items that name no other, 1210 for what is made here; stock's sub-ledger alone posts here. */
    STOCK,
    /** 1290: goods received and not invoiced. */
    GRNI,
    /** 1300. */
    INPUT_CGST,
    /** 1310. */
    INPUT_SGST,
    /** 1320. */
    INPUT_IGST,
    /** 2000: with the supplier as party. */
    PAYABLE,
    /** 2100. */
    OUTPUT_CGST,
    /** 2110. */
    OUTPUT_SGST,
    /** 2120. */
    OUTPUT_IGST,
    /** 2300: with the member as party. */
    EMPLOYEE_PAYABLE,
    /** 3900: what there is when a company begins to keep its books here. */
    OPENING_BALANCE,
    /** 4000. */
    SALES,
    /** 4010. */
    EXPORT_SALES,
    /** 5000. */
    COGS,
    /** 5100. */
    PRICE_VARIANCE,
    /** 5110. */
    STOCK_ADJUSTMENT,
    /** 5200: freight and other charges on purchases. */
    CHARGES,
    /** 5600: claims for travel. */
    TRAVEL,
    /** 5700: services and claims that say nothing else. */
    EXPENSE,
    /** 5900. */
    ROUNDING,
    /** 5910. */
    EXCHANGE_DIFFERENCE;

    /** As the table has it. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
