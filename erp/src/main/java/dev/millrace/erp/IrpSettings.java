package dev.millrace.erp;

import java.net.URI;

/**
 * How the invoice registration portal, or the GSP before it, is reached.
 *
 * @param url without a slash at its end; https but for tests
 */
public record IrpSettings(URI url, String clientId, String clientSecret, String userName, String password) {
    @Override
    public String toString() {
        return "IrpSettings[" + url + ", " + userName + "]";
    }
}
