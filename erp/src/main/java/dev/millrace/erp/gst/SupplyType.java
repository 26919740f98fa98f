package dev.millrace.erp.gst;

/** What kind of supply an invoice is, by the portal's codes. */
public enum SupplyType {
    /** To a registered business. */
    B2B,
    /** To somebody without a GSTIN. */
    B2C,
    /** To a special economic zone, tax paid. */
    SEZWP,
    /** To a special economic zone, without tax under a bond or undertaking. */
    SEZWOP,
    /** Export, tax paid. */
    EXPWP,
    /** Export, without tax under a bond or undertaking. */
    EXPWOP,
    /** Deemed export. */
    DEXP;

    /** Who buys. */
    public enum Treatment {
        REGULAR,
        SEZ,
        OVERSEAS,
        DEEMED_EXPORT
    }

    /**
     * @param registered the buyer has a GSTIN
     * @param taxPaid of a supply without tax (zero-rated): the tax is paid and claimed back
     */
    public static SupplyType of(Treatment buyer, boolean registered, boolean taxPaid) {
        return switch (buyer) {
            case REGULAR -> registered ? B2B : B2C;
            case SEZ -> taxPaid ? SEZWP : SEZWOP;
            case OVERSEAS -> taxPaid ? EXPWP : EXPWOP;
            case DEEMED_EXPORT -> DEXP;
        };
    }

    public boolean isExport() {
        return this == EXPWP || this == EXPWOP;
    }

    /** Zero-rated: to a zone or abroad. It counts as a supply between states wherever the buyer is. */
    public boolean isZeroRated() {
        return isExport() || this == SEZWP || this == SEZWOP;
    }

    /** Whether tax is charged on it. */
    public boolean isTaxed() {
        return this != SEZWOP && this != EXPWOP;
    }
}
