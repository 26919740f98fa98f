package dev.millrace.erp.gst;

/** The numbers of the law that change by date; each has its rows in {@code gst_thresholds}. */
public enum Threshold {
    /** E-invoices are for companies with more turnover than this, in rupees. */
    E_INVOICE_TURNOVER,
    /** From this turnover on, in rupees, a document may be {@link #E_INVOICE_AGE_DAYS} old at most. */
    E_INVOICE_AGE_TURNOVER,
    /** Days. */
    E_INVOICE_AGE_DAYS,
    /** Most lines of an e-invoice. */
    E_INVOICE_LINES,
    /** How long after its registration a document may be cancelled at the portal, in hours. */
    IRN_CANCEL_HOURS,
    /** Goods worth this much or more, in rupees, need an e-way bill. */
    E_WAY_BILL_VALUE,
    /** Above this turnover, in rupees, a code of goods or services has six digits, else four. */
    HSN_SIX_DIGITS_TURNOVER,
    /** Day of the next month by which a monthly filer files GSTR-1. */
    GSTR1_DAY,
    /** The same for GSTR-3B. */
    GSTR3B_DAY,
    /** Day of the month after a quarter by which a quarterly filer files GSTR-1. */
    GSTR1_QUARTER_DAY,
    /** Day of the next month on which GSTR-2B is there. */
    GSTR2B_DAY
}
