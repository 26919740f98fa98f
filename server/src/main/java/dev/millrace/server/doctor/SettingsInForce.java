package dev.millrace.server.doctor;

import dev.millrace.server.Outside;
import dev.millrace.server.Settings;
import dev.millrace.server.Settings.External;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.doctor.Report.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every setting with the value in force and where it comes from. Passwords are said to be set, and no more. */
final class SettingsInForce {
    private static final String NONE = "none";

    private final Map<String, String> environment;
    private final List<Setting> all = new ArrayList<>();

    private SettingsInForce(Map<String, String> environment) {
        this.environment = environment;
    }

    static List<Setting> of(Settings settings, Map<String, String> environment) {
        var list = new SettingsInForce(environment);
        list.server(settings);
        list.database(settings);
        list.around(settings);
        return List.copyOf(list.all);
    }

    private void server(Settings settings) {
        add("MILLRACE_HOME", settings.home().toString());
        add("MILLRACE_PORT", String.valueOf(settings.port()));
        add("MILLRACE_BIND", settings.bind());
        add(
                "MILLRACE_MANAGEMENT_PORT",
                settings.managementPort().map(String::valueOf).orElse("same port"));
        add("MILLRACE_PUBLIC_URL", settings.publicUrl().orElse("http://localhost:" + settings.port()));
        add("MILLRACE_ROLE", settings.role().name().toLowerCase(Locale.ROOT));
        add("MILLRACE_DEMO", String.valueOf(settings.demo()));
        add("MILLRACE_LEASE", seconds(settings.lease()));
        add("MILLRACE_POLL", seconds(settings.poll()));
        add("MILLRACE_LIMIT_RUNNING", seconds(settings.limits().runningTime()));
        add("MILLRACE_LIMIT_PAYLOAD", String.valueOf(settings.limits().payloadBytes()));
        add("MILLRACE_LIMIT_INPUT", String.valueOf(settings.limits().inputBytes()));
        add("MILLRACE_LIMIT_OUTPUT", String.valueOf(settings.limits().outputBytes()));
        add("MILLRACE_LIMIT_DEPTH", String.valueOf(settings.limits().depth()));
        add("WORKFLOW_BUILDER_ENABLED", String.valueOf(settings.workflowBuilder()));
    }

    private void database(Settings settings) {
        Optional<External> external = settings.external();
        add("MILLRACE_DATABASE_URL", external.map(External::url).orElse("none: embedded"));
        if (external.isEmpty()) {
            add("MILLRACE_DATABASE_NAME", settings.databaseName());
            return;
        }
        SignIn serving = external.get().serving();
        add("MILLRACE_DATABASE_USER", serving.user());
        add("MILLRACE_DATABASE_PASSWORD", secret(serving.password()));
        Optional<SignIn> migrating = external.get().migrating();
        add("MILLRACE_MIGRATION_USER", migrating.map(SignIn::user).orElse(NONE));
        add(
                "MILLRACE_MIGRATION_PASSWORD",
                migrating.map(SignIn::password).map(SettingsInForce::secret).orElse(NONE));
    }

    private void around(Settings settings) {
        add(
                "MILLRACE_SMTP_URL",
                settings.mail()
                        .map(mail -> "smtp://" + mail.host() + ":" + mail.port())
                        .orElse("none: mails stay in the outbox"));
        settings.mail().ifPresent(mail -> {
            add("MILLRACE_MAIL_FROM", mail.from());
            add("MILLRACE_HEADS_TO", mail.headsTo().isEmpty() ? NONE : String.join(", ", mail.headsTo()));
        });
        Outside outside = settings.outside();
        add(
                "MILLRACE_WHATSAPP_URL",
                outside.whatsApp().map(Outside.WhatsApp::url).orElse("none: messages stay in the outbox"));
        add(
                "MILLRACE_MASTER_KEY",
                outside.masterKey().map(keys -> "set, not shown").orElse("a file in the home folder"));
        add(
                "MILLRACE_IRP_URL",
                outside.irp()
                        .map(irp -> irp.url().toString())
                        .orElse("none: invoices are registered at a portal in this process"));
        outside.irp().ifPresent(irp -> {
            add("MILLRACE_IRP_CLIENT_ID", irp.clientId());
            add("MILLRACE_IRP_CLIENT_SECRET", secret(irp.clientSecret()));
            add("MILLRACE_IRP_USER", irp.userName());
            add("MILLRACE_IRP_PASSWORD", secret(irp.password()));
        });
        add("MILLRACE_WEBHOOK_LOCAL", String.valueOf(outside.webhooksReachThisMachine()));
    }

    private void add(String name, String value) {
        boolean given = !environment.getOrDefault(name, "").isBlank();
        all.add(new Setting(name, value, given ? "environment" : "default"));
    }

    private static String secret(String value) {
        return value.isEmpty() ? NONE : "set, not shown";
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
