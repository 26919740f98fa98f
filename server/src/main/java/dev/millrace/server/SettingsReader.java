package dev.millrace.server;

import dev.millrace.engine.Limits;
import dev.millrace.engine.RetentionSettings;
import dev.millrace.erp.IrpSettings;
import dev.millrace.erp.MasterKey;
import dev.millrace.language.Durations;
import dev.millrace.server.Outside.Hook;
import dev.millrace.server.Outside.WhatsApp;
import dev.millrace.server.Settings.External;
import dev.millrace.server.Settings.Mail;
import dev.millrace.server.Settings.NodeRole;
import dev.millrace.server.Settings.Read;
import dev.millrace.server.Settings.SignIn;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the variables of one environment; remembers what is wrong with them. */
final class SettingsReader {
    private static final String PREFIX = "MILLRACE_";

    /** Variables of the launcher and of client commands, which the server need not know. */
    private static final Set<String> OF_OTHERS = Set.of("MILLRACE_SERVER", "MILLRACE_TOKEN", "MILLRACE_JAVA_OPTS");

    private final Map<String, String> environment;
    private final Set<String> known = new HashSet<>(OF_OTHERS);
    private final List<String> wrong = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    Read read() {
        Optional<External> external = external();
        boolean demo = flag("MILLRACE_DEMO", external.isEmpty());
        Duration lease = duration("MILLRACE_LEASE", Duration.ofSeconds(30));
        Duration poll = duration("MILLRACE_POLL", Duration.ofSeconds(1));
        checkLease(lease, poll);
        var settings = new Settings(
                number("MILLRACE_PORT", 0).orElse(8080),
                home(),
                external,
                databaseName(),
                role(),
                demo,
                text("MILLRACE_BIND").orElse(demo ? "127.0.0.1" : "0.0.0.0"),
                lease,
                poll,
                limits(),
                mail(),
                publicUrl(),
                number("MILLRACE_MANAGEMENT_PORT", 1),
                flag("WORKFLOW_BUILDER_ENABLED", true),
                redisUrl(),
                retention(),
                outside(demo));
        warnOfUnknown();
        return wrong.isEmpty() ? new Read.Good(settings, warnings) : new Read.Wrong(wrong);
    }

    private Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private boolean flag(String name, boolean otherwise) {
        String value = text(name).orElse(Boolean.toString(otherwise)).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            expected(name, "true or false", value);
        }
        return value.equals("true");
    }

    private Optional<Integer> number(String name, int least) {
        return text(name).flatMap(value -> {
            Optional<Integer> port = value.matches("\\d{1,5}") ? Optional.of(Integer.valueOf(value)) : Optional.empty();
            if (port.filter(p -> p >= least && p <= 65535).isEmpty()) {
                expected(name, "a port from " + least + " to 65535", value);
            }
            return port;
        });
    }

    private Duration duration(String name, Duration otherwise) {
        return text(name)
                .flatMap(value -> {
                    Optional<Duration> duration = Durations.parse(value).filter(d -> !d.isZero());
                    if (duration.isEmpty()) {
                        expected(name, "a duration such as 500ms written PT0.5S, 1s or 30s", value);
                    }
                    return duration;
                })
                .orElse(otherwise);
    }

    private Limits limits() {
        return new Limits(
                duration("MILLRACE_LIMIT_RUNNING", Limits.DEFAULT.runningTime()),
                limit("MILLRACE_LIMIT_PAYLOAD", Limits.LEAST_BYTES, Limits.DEFAULT.payloadBytes()),
                limit("MILLRACE_LIMIT_INPUT", Limits.LEAST_BYTES, Limits.DEFAULT.inputBytes()),
                limit("MILLRACE_LIMIT_OUTPUT", Limits.LEAST_BYTES, Limits.DEFAULT.outputBytes()),
                limit("MILLRACE_LIMIT_DEPTH", 1, Limits.DEFAULT.depth()));
    }

    private int limit(String name, int least, int otherwise) {
        int most = name.endsWith("_DEPTH") ? Limits.MOST_DEPTH : Limits.MOST_BYTES;
        return text(name)
                .map(value -> {
                    boolean fits = value.matches("\\d{1,9}")
                            && Integer.parseInt(value) >= least
                            && Integer.parseInt(value) <= most;
                    if (!fits) {
                        expected(name, "a number from " + least + " to " + most, value);
                    }
                    return fits ? Integer.parseInt(value) : otherwise;
                })
                .orElse(otherwise);
    }

    private void checkLease(Duration lease, Duration poll) {
        if (lease.compareTo(poll.multipliedBy(3)) < 0) {
            wrong.add("Expected MILLRACE_LEASE to be at least three times MILLRACE_POLL, but they are "
                    + lease.toMillis() + " ms and " + poll.toMillis() + " ms: raise the one or lower the other.");
        }
    }

    private Path home() {
        String value = text("MILLRACE_HOME").orElse(".millrace");
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            expected("MILLRACE_HOME", "a folder", value);
            return Path.of(".");
        }
    }

    private String databaseName() {
        String name = text("MILLRACE_DATABASE_NAME").orElse("millrace");
        if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
            expected("MILLRACE_DATABASE_NAME", "lower case letters, digits and underscores", name);
        }
        return name;
    }

    private NodeRole role() {
        return switch (text("MILLRACE_ROLE").orElse("all").toLowerCase(Locale.ROOT)) {
            case "all" -> NodeRole.ALL;
            case "api" -> NodeRole.API;
            case "worker" -> NodeRole.WORKER;
            default -> {
                expected(
                        "MILLRACE_ROLE",
                        "all, api or worker",
                        text("MILLRACE_ROLE").orElse(""));
                yield NodeRole.ALL;
            }
        };
    }

    private Optional<External> external() {
        Optional<SignIn> serving = signIn("MILLRACE_DATABASE_USER", "MILLRACE_DATABASE_PASSWORD");
        Optional<SignIn> migrating = signIn("MILLRACE_MIGRATION_USER", "MILLRACE_MIGRATION_PASSWORD");
        Optional<String> url = text("MILLRACE_DATABASE_URL");
        if (url.isEmpty()) {
            if (serving.isPresent() || migrating.isPresent()) {
                warnings.add("MILLRACE_DATABASE_USER and MILLRACE_MIGRATION_USER do nothing without"
                        + " MILLRACE_DATABASE_URL: the embedded database is used.");
            }
            return Optional.empty();
        }
        Optional<String> jdbc = jdbcUrl(url.get());
        if (jdbc.isEmpty()) {
            // Not echoed: people put passwords into such URLs.
            wrong.add("Expected MILLRACE_DATABASE_URL to be like jdbc:postgresql://host:5432/name, without user and"
                    + " password, which belong into MILLRACE_DATABASE_USER and MILLRACE_DATABASE_PASSWORD.");
        }
        if (serving.isEmpty()) {
            wrong.add("Expected MILLRACE_DATABASE_USER beside MILLRACE_DATABASE_URL, but it is not set: name the role"
                    + " that serves, which is neither superuser nor owner of the tables.");
        }
        return jdbc.flatMap(j -> serving.map(s -> new External(j, s, migrating)));
    }

    private static Optional<String> jdbcUrl(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        boolean fits = plain.matches("postgres(ql)?://[^@?\\s]+(\\?[^\\s]*)?")
                && !plain.toLowerCase(Locale.ROOT).contains("password=");
        return fits ? Optional.of("jdbc:" + plain.replaceFirst("^postgres://", "postgresql://")) : Optional.empty();
    }

    private Optional<SignIn> signIn(String user, String password) {
        String secret = text(password).orElse("");
        return text(user).map(name -> new SignIn(name, secret));
    }

    private Optional<Mail> mail() {
        String from = text("MILLRACE_MAIL_FROM").orElse("millrace@localhost");
        List<String> headsTo = headsTo();
        Optional<String> url = text("MILLRACE_SMTP_URL");
        if (url.isEmpty() && !headsTo.isEmpty()) {
            wrong.add(
                    "Expected MILLRACE_SMTP_URL with MILLRACE_HEADS_TO: heads of the journal that stay in this database"
                            + " prove nothing.");
        }
        return url.flatMap(value -> {
            Optional<Mail> mail = mail(value, from, headsTo);
            if (mail.isEmpty()) {
                wrong.add("Expected MILLRACE_SMTP_URL to be like smtp://user:password@host:587 or smtp://host:25,"
                        + " with ?starttls=true or ?starttls=false behind it where the usual is not wanted.");
            }
            return mail;
        });
    }

    private List<String> headsTo() {
        List<String> addresses = text("MILLRACE_HEADS_TO").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        addresses.stream()
                .filter(address -> !address.matches("[^@\\s]+@[^@\\s]+"))
                .findFirst()
                .ifPresent(address -> expected("MILLRACE_HEADS_TO", "e-mail addresses with commas between", address));
        return addresses;
    }

    /** A password goes over an encrypted connection unless somebody says otherwise. */
    private static Optional<Mail> mail(String value, String from, List<String> headsTo) {
        try {
            URI url = URI.create(value);
            if (!"smtp".equals(url.getScheme()) || url.getHost() == null) {
                return Optional.empty();
            }
            Optional<SignIn> signIn = Optional.ofNullable(url.getUserInfo()).map(info -> {
                int colon = info.indexOf(':');
                return colon < 0
                        ? new SignIn(info, "")
                        : new SignIn(info.substring(0, colon), info.substring(colon + 1));
            });
            String query = Optional.ofNullable(url.getQuery()).orElse("starttls=" + signIn.isPresent());
            if (!query.matches("starttls=(true|false)")) {
                return Optional.empty();
            }
            int port = url.getPort() > 0 ? url.getPort() : signIn.isPresent() ? 587 : 25;
            return Optional.of(new Mail(url.getHost(), port, signIn, query.endsWith("true"), from, headsTo));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Outside outside(boolean demo) {
        boolean local = flag("MILLRACE_WEBHOOK_LOCAL", false);
        if (local && !demo) {
            wrong.add("Expected MILLRACE_WEBHOOK_LOCAL to be false without MILLRACE_DEMO: with it, whoever writes"
                    + " definitions reaches what listens on this machine.");
        }
        Optional<byte[]> former = key("MILLRACE_MASTER_KEY_FORMER");
        Optional<MasterKey> key = key("MILLRACE_MASTER_KEY").map(MasterKey::of);
        return new Outside(
                whatsApp(),
                whatsAppHook(),
                key.map(now -> former.map(now::after).orElse(now)),
                local,
                irp(demo));
    }

    /** Invoices carry who buys what and for how much: without a demo they go out over TLS only. */
    private Optional<IrpSettings> irp(boolean demo) {
        Optional<String> url = text("MILLRACE_IRP_URL");
        List<String> parts = Stream.of("_CLIENT_ID", "_CLIENT_SECRET", "_USER", "_PASSWORD")
                .map("MILLRACE_IRP"::concat)
                .toList();
        List<String> values = parts.stream().map(name -> text(name).orElse("")).toList();
        if (url.isEmpty()) {
            if (values.stream().anyMatch(value -> !value.isEmpty())) {
                warnings.add(
                        "MILLRACE_IRP_CLIENT_ID and what goes with it do nothing without MILLRACE_IRP_URL: invoices are"
                                + " registered at a portal in this process, which the tax offices do not know.");
            }
            return Optional.empty();
        }
        if (!url.get().matches(demo ? "https?://[^@?#\\s]+" : "https://[^@?#\\s]+")) {
            expected("MILLRACE_IRP_URL", "an https address such as https://gsp.example/einvoice", url.get());
        }
        parts.stream()
                .filter(name -> text(name).isEmpty())
                .forEach(name -> wrong.add("Expected " + name + " beside MILLRACE_IRP_URL, but it is not set."));
        return wrong.isEmpty()
                ? Optional.of(new IrpSettings(
                        URI.create(url.get().replaceAll("/+$", "")),
                        values.get(0),
                        values.get(1),
                        values.get(2),
                        values.get(3)))
                : Optional.empty();
    }

    private Optional<byte[]> key(String name) {
        return text(name).flatMap(value -> {
            Optional<byte[]> key = MasterKey.read(value);
            if (key.isEmpty()) {
                // Not echoed: it may be a key with a letter too few.
                wrong.add("Expected " + name + " to be 32 bytes in base64, as 'openssl rand -base64 32' makes them.");
            }
            return key;
        });
    }

    private Optional<Hook> whatsAppHook() {
        Optional<String> verify = text("MILLRACE_WHATSAPP_VERIFY_TOKEN");
        return text("MILLRACE_WHATSAPP_APP_SECRET").flatMap(secret -> verify.map(token -> new Hook(secret, token)));
    }

    private Optional<WhatsApp> whatsApp() {
        Optional<String> token = text("MILLRACE_WHATSAPP_TOKEN");
        return text("MILLRACE_WHATSAPP_URL").flatMap(url -> {
            if (!url.matches("https?://[^@?#\\s]+/v[0-9.]+/[0-9]+/?")) {
                expected(
                        "MILLRACE_WHATSAPP_URL",
                        "the address of a telephone number such as https://graph.facebook.com/v23.0/106540352242922",
                        url);
            }
            if (token.isEmpty()) {
                wrong.add("Expected MILLRACE_WHATSAPP_TOKEN beside MILLRACE_WHATSAPP_URL, but it is not set.");
            }
            return token.map(given -> new WhatsApp(url.replaceAll("/+$", ""), given));
        });
    }

    private Optional<String> publicUrl() {
        Optional<String> url = text("MILLRACE_PUBLIC_URL");
        url.filter(value -> !value.matches("https?://[^\\s]+"))
                .ifPresent(
                        value -> expected("MILLRACE_PUBLIC_URL", "an address such as https://millrace.example", value));
        return url;
    }

    private Optional<String> redisUrl() {
        return text("MILLRACE_REDIS_URL").filter(value -> {
            boolean fits = value.matches("rediss?://([^@\\s/]*@)?[^@\\s/:]+(:\\d{1,5})?(/\\d{1,2})?");
            if (!fits) {
                // Not echoed: it may hold a password.
                wrong.add(
                        "Expected MILLRACE_REDIS_URL to be like redis://:password@host:6379/0, or rediss:// for TLS.");
            }
            return fits;
        });
    }

    private RetentionSettings retention() {
        RetentionSettings usual = RetentionSettings.USUAL;
        return new RetentionSettings(
                count("MILLRACE_JOURNAL_YEARS", 7, 100, "whole financial years", usual.journalYears()),
                count("MILLRACE_EVENT_DAYS", 90, 36_500, "days", usual.eventDays()),
                count("MILLRACE_EXECUTION_DAYS", 90, 36_500, "days").or(usual::executionDays));
    }

    private int count(String name, int least, int most, String unit, int otherwise) {
        return count(name, least, most, unit).orElse(otherwise);
    }

    private Optional<Integer> count(String name, int least, int most, String unit) {
        return text(name).flatMap(value -> {
            Optional<Integer> count = value.matches("\\d{1,5}")
                    ? Optional.of(Integer.valueOf(value)).filter(c -> c >= least && c <= most)
                    : Optional.empty();
            if (count.isEmpty()) {
                expected(name, least + " to " + most + " " + unit, value);
            }
            return count;
        });
    }

    private void expected(String name, String what, String got) {
        wrong.add("Expected " + name + " to be " + what + ", but it is '" + got + "'.");
    }

    private void warnOfUnknown() {
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .forEach(name -> warnings.add("This version does not know the variable " + name
                        + nearest(name)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; it does nothing.")));
    }

    private Optional<String> nearest(String name) {
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= 3)
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)));
    }

    /** Letters to add, drop or change to make one into the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
