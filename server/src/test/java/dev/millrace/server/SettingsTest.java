package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.IrpSettings;
import dev.millrace.server.Settings.Read;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static Settings good(Map<String, String> environment) {
        return switch (Settings.read(environment)) {
            case Read.Good good -> good.settings();
            case Read.Wrong wrong -> throw new AssertionError(wrong.messages());
        };
    }

    @Test
    void nothing_set_is_the_embedded_database_with_the_demo_for_this_machine_only() {
        Settings settings = good(Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.external()).isEmpty();
        assertThat(settings.demo()).isTrue();
        assertThat(settings.bind()).isEqualTo("127.0.0.1");
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.home().getFileName()).hasToString(".millrace");
    }

    @Test
    void a_database_of_others_is_served_to_the_network_without_the_demo() {
        Settings settings = good(Map.of(
                "MILLRACE_DATABASE_URL", "postgres://db:5432/millrace",
                "MILLRACE_DATABASE_USER", "app",
                "MILLRACE_DATABASE_PASSWORD", "secret"));

        assertThat(settings.external().orElseThrow().url()).isEqualTo("jdbc:postgresql://db:5432/millrace");
        assertThat(settings.demo()).isFalse();
        assertThat(settings.bind()).isEqualTo("0.0.0.0");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "MILLRACE_PORT, 80800",
        "MILLRACE_PORT, http",
        "MILLRACE_MASTER_KEY, c2hvcnQ=",
        "MILLRACE_MASTER_KEY_FORMER, no key",
        "MILLRACE_WHATSAPP_URL, https://graph.facebook.com/messages",
        "MILLRACE_IRP_URL, gsp.example",
        "MILLRACE_IRP_URL, https://gsp.example/einvoice?key=1",
        "MILLRACE_DEMO, yes",
        "MILLRACE_ROLE, boss",
        "MILLRACE_LEASE, soon",
        "MILLRACE_POLL, 20s",
        "MILLRACE_LIMIT_RUNNING, a day",
        "MILLRACE_LIMIT_PAYLOAD, 1023",
        "MILLRACE_LIMIT_OUTPUT, 1 MiB",
        "MILLRACE_LIMIT_DEPTH, 0",
        "MILLRACE_DATABASE_URL, mysql://db/x",
        "MILLRACE_DATABASE_URL, postgres://user:secret@db/x",
        "MILLRACE_DATABASE_NAME, Mill-Race",
        "MILLRACE_SMTP_URL, mail.example",
        "MILLRACE_HEADS_TO, somebody",
        "MILLRACE_HEADS_TO, auditor@outside.example",
        "MILLRACE_EXECUTION_DAYS, 89",
        "MILLRACE_PUBLIC_URL, millrace.example",
        "MILLRACE_MANAGEMENT_PORT, 0"
    })
    void a_wrong_value_is_told_with_its_name_and_without_secrets(String name, String value) {
        Read read = Settings.read(Map.of(name, value));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Wrong.class,
                        wrong -> assertThat(String.join("\n", wrong.messages()))
                                .contains(name)
                                .doesNotContain("secret"));
    }

    @Test
    void an_unknown_variable_is_a_warning_that_names_the_nearest() {
        Read read = Settings.read(Map.of("MILLRACE_PROT", "1", "MILLRACE_COLOUR", "red"));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Good.class,
                        good -> assertThat(good.warnings())
                                .hasSize(2)
                                .anyMatch(warning -> warning.contains("did you mean MILLRACE_PORT?"))
                                .anyMatch(warning -> warning.contains("MILLRACE_COLOUR; it does nothing")));
    }

    @Test
    void heads_go_to_as_many_addresses_as_are_given_and_executions_stay_as_long_as_the_journal_unless_told() {
        Settings settings = good(Map.of(
                "MILLRACE_SMTP_URL", "smtp://localhost",
                "MILLRACE_HEADS_TO", "auditor@outside.example, notary@elsewhere.example"));

        assertThat(settings.mail().orElseThrow().headsTo())
                .containsExactly("auditor@outside.example", "notary@elsewhere.example");
        assertThat(settings.retention().executionDays()).isEmpty();
        assertThat(good(Map.of("MILLRACE_EXECUTION_DAYS", "400")).retention().executionDays())
                .contains(400);
    }

    @Test
    void a_mail_servers_password_goes_over_an_encrypted_connection() {
        Settings settings = good(Map.of("MILLRACE_SMTP_URL", "smtp://me:pass@mail.example"));

        assertThat(settings.mail().orElseThrow().startTls()).isTrue();
        assertThat(settings.mail().orElseThrow().port()).isEqualTo(587);
        assertThat(good(Map.of("MILLRACE_SMTP_URL", "smtp://localhost:2525"))
                        .mail()
                        .orElseThrow()
                        .startTls())
                .isFalse();
    }

    @Test
    void the_portal_of_invoices_is_given_with_all_that_it_knows_the_company_by_and_over_tls() {
        Map<String, String> all = Map.of(
                "MILLRACE_IRP_URL", "https://gsp.example/einvoice/",
                "MILLRACE_IRP_CLIENT_ID", "client",
                "MILLRACE_IRP_CLIENT_SECRET", "secret",
                "MILLRACE_IRP_USER", "acme",
                "MILLRACE_IRP_PASSWORD", "hidden");
        Settings settings = good(all);

        assertThat(settings.outside().irp())
                .contains(new IrpSettings(
                        URI.create("https://gsp.example/einvoice"), "client", "secret", "acme", "hidden"));
        assertThat(settings.toString()).doesNotContain("secret", "hidden");
        assertThat(good(Map.of()).outside().irp()).isEmpty();

        var plain = new HashMap<>(all);
        plain.put("MILLRACE_IRP_URL", "http://localhost:9000");
        assertThat(good(plain).outside().irp()).isPresent();
        plain.put("MILLRACE_DEMO", "false");
        assertThat(Settings.read(plain)).isInstanceOf(Read.Wrong.class);
        var lacking = new HashMap<>(all);
        lacking.remove("MILLRACE_IRP_PASSWORD");
        assertThat(Settings.read(lacking))
                .isInstanceOfSatisfying(
                        Read.Wrong.class,
                        wrong -> assertThat(wrong.messages())
                                .singleElement()
                                .satisfies(message -> assertThat(message).contains("MILLRACE_IRP_PASSWORD")));
    }
}
