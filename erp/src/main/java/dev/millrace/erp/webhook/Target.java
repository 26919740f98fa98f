package dev.millrace.erp.webhook;

import dev.millrace.engine.action.ActionFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a webhook goes, read from its URL so strictly that no two readers could understand it differently: a scheme, a
 * host that is a name, and what is asked for.
 *
 * @param host lower case
 * @param request path and query; begins with a slash
 */
record Target(boolean secure, String host, int port, String request) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern AUTHORITY = Pattern.compile("(" + LABEL + "(?:\\." + LABEL + ")*)(?::([0-9]{1,5}))?");
    private static final Pattern REQUEST = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-]|%[0-9A-Fa-f]{2})*");

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int PORT_MOST = 65_535;

    /**
     * @param plainHttp whether {@code http} will do
     * @throws ActionFailure {@code scheme_not_allowed}, {@code host_not_allowed}, {@code url_invalid}
     */
    static Target of(String url, boolean plainHttp) {
        Matcher scheme = SCHEME.matcher(url);
        String name = scheme.lookingAt() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
        boolean secure = name.equals("https");
        if (!secure && !(plainHttp && name.equals("http"))) {
            throw ActionFailure.permanent(
                    "scheme_not_allowed", "Expected an address that begins with https:// but got '" + shown(url) + "'");
        }
        String rest = url.substring(scheme.end());
        int end = rest.startsWith("//") ? endOfAuthority(rest) : 0;
        Matcher authority = AUTHORITY.matcher(rest.substring(Math.min(2, end), end));
        if (!authority.matches()) {
            throw notAllowed(rest.substring(0, end), url);
        }
        int port = authority.group(2) == null ? (secure ? HTTPS : HTTP) : Integer.parseInt(authority.group(2));
        if (port < 1 || port > PORT_MOST) {
            throw notAllowed(rest.substring(2, end), url);
        }
        return new Target(secure, authority.group(1).toLowerCase(Locale.ROOT), port, request(rest.substring(end), url));
    }

    private static int endOfAuthority(String rest) {
        int end = 2;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String request(String rest, String url) {
        int fragment = rest.indexOf('#');
        String request = fragment < 0 ? rest : rest.substring(0, fragment);
        if (!REQUEST.matcher(request).matches()) {
            throw ActionFailure.permanent(
                    "url_invalid",
                    "Expected letters, digits and the signs of a URL in '" + shown(url)
                            + "': encode others as %20 and the like");
        }
        return request.startsWith("/") ? request : "/" + request;
    }

    private static ActionFailure notAllowed(String authority, String url) {
        return ActionFailure.permanent(
                "host_not_allowed",
                "Expected the name of a host that webhooks may call but got '" + shown(authority) + "' in '"
                        + shown(url) + "'");
    }

    private static String shown(String text) {
        String readable = text.replaceAll("\\p{Cntrl}", "?");
        return readable.length() <= 200 ? readable : readable.substring(0, 200) + "…";
    }

    /** The value of the Host header. */
    String authority() {
        return port == (secure ? HTTPS : HTTP) ? host : host + ":" + port;
    }
}
