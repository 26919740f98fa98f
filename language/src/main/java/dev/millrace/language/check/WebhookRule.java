package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Findings.Stretch;
import dev.millrace.language.check.Outline.ActionUse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A webhook calls https and a host that this company allows. Hosts are names: an address in whatever notation is none
 * of them. What a template makes of the address is checked when it runs.
 */
final class WebhookRule {
    private static final String POST = "erp.webhook.post";
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*):");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(?=(:\\d{1,5})?$)");

    private final List<String> hosts;
    private final Findings findings;

    WebhookRule(Catalogue catalogue, Findings findings) {
        this.hosts = catalogue.policies().webhookHosts();
        this.findings = findings;
    }

    void check(ActionUse use) {
        if (use.action().is(POST)) {
            Spot url = use.config().key("url");
            url.text().filter(text -> !text.startsWith("{{")).ifPresent(text -> check(url, text));
        }
    }

    private void check(Spot url, String text) {
        Matcher scheme = SCHEME.matcher(text);
        boolean named = scheme.lookingAt();
        String name = named ? scheme.group(1) : "";
        if (!name.equalsIgnoreCase("https")) {
            scheme(url, text, named ? scheme.start(1) : 0, name);
            return;
        }
        int from = text.startsWith("//", scheme.end()) ? scheme.end() + 2 : scheme.end();
        int to = from;
        while (to < text.length() && "/?#".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        String authority = text.substring(from, to);
        Matcher host = HOST.matcher(authority);
        if (isComputed(authority)) {
            return;
        }
        boolean allowed = host.lookingAt() && hosts.contains(host.group().toLowerCase(Locale.ROOT));
        if (!allowed || from == scheme.end()) {
            host(url, text, from, authority);
        }
    }

    /** Before the port; what comes after cannot change which host is called. */
    private static boolean isComputed(String authority) {
        int open = authority.indexOf("{{");
        return open >= 0 && !authority.substring(0, open).matches("[A-Za-z0-9.-]+:\\d*");
    }

    private void scheme(Spot url, String text, int from, String name) {
        Optional<String> secure = name.equalsIgnoreCase("http") ? Optional.of("https") : Optional.empty();
        findings.within(
                ProblemCode.SCHEME_NOT_ALLOWED,
                Severity.ERROR,
                new Stretch(url.path(), text, from, Math.max(1, name.length())),
                "Expected an address that begins with https:// at " + url.shown() + " but got " + Say.quoted(text)
                        + Say.end(secure),
                secure);
    }

    private void host(Spot url, String text, int from, String authority) {
        Optional<String> near = Suggestion.nearest(authority, hosts).filter(host -> !host.equals(authority));
        String known = hosts.isEmpty()
                ? "none are allowed yet"
                : "allowed are " + Say.oneOf(hosts.stream().limit(10).toList());
        findings.within(
                ProblemCode.HOST_NOT_ALLOWED,
                Severity.ERROR,
                new Stretch(url.path(), text, from, Math.max(1, authority.length())),
                "Expected a host that this company's webhooks may call at " + url.shown() + " but got "
                        + Say.quoted(authority)
                        + near.map(h -> "; did you mean '" + h + "'?").orElse("; " + known + "; ask an administrator."),
                near);
    }
}
