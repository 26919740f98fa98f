package dev.millrace.erp.gst;

/** What a document is to the portal, by its own codes. */
public enum DocumentType {
    /** Invoice. */
    INV,
    /** Credit note. */
    CRN,
    /** Debit note. */
    DBN
}
