package dev.millrace.server.demo;

/** The ERP does not do what somebody asked for; nothing was written. */
final class TradeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    TradeRefused(String code, String message) {
        super(code + ": " + message);
        this.code = code;
    }

    /** Stable, {@code document_already_paid}. */
    String code() {
        return code;
    }
}
