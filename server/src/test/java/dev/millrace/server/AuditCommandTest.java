package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Limits;
import dev.millrace.engine.RetentionSettings;
import dev.millrace.erp.Notification;
import dev.millrace.server.Settings.External;
import dev.millrace.server.Settings.NodeRole;
import dev.millrace.server.Settings.SignIn;
import dev.millrace.server.wiring.Database;
import dev.millrace.server.wiring.Node;
import dev.millrace.server.wiring.Pools;
import dev.millrace.server.wiring.Seeding;
import dev.millrace.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./millrace audit} on the database, while no server runs. */
class AuditCommandTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void it_exports_heads_and_later_finds_what_was_changed_and_what_was_cut_off() throws IOException {
        try (TestDatabase database =
                TestDatabase.template("server", owner -> {}).fresh()) {
            Settings settings = settings(database);
            UUID acme = prepare(settings);
            Path heads = home.resolve("heads.json");

            assertThat(audit(settings, "heads", "--out", heads.toString())).isZero();
            assertThat(audit(settings, "verify", "--heads", heads.toString())).isZero();
            assertThat(words())
                    .contains("acme: the chain holds", "globex: the chain holds", "signed by the key of this home");

            TamperRows.change(
                    database,
                    acme,
                    "update workflow_journal set actor_name = 'Nobody' where id = (select journal_id"
                            + " from journal_seals where seq = 2 and tenant_id = '" + acme + "')");
            assertThat(audit(settings, "verify")).isEqualTo(1);
            assertThat(words()).contains("acme: BROKEN at 2", "globex: the chain holds");

            TamperRows.change(database, acme, "delete from journal_seals");
            TamperRows.change(database, acme, "delete from workflow_journal");
            TamperRows.change(database, acme, "update journal_heads set seq = 0, hash = ''");
            assertThat(audit(settings, "verify", "--heads", heads.toString())).isEqualTo(1);
            assertThat(words()).contains("its end was cut off");

            Files.writeString(heads, Files.readString(heads).replace("\"acme\"", "\"axme\""));
            assertThat(audit(settings, "verify", "--heads", heads.toString())).isEqualTo(1);
            assertThat(words()).contains("changed after it was signed");
            assertThat(audit(settings, "frobnicate")).isEqualTo(2);
        }
    }

    @Test
    void a_head_that_was_mailed_verifies_later_and_each_day_has_one() throws IOException {
        try (TestDatabase database =
                TestDatabase.template("server", owner -> {}).fresh()) {
            var nobodyListens = new Settings.Mail(
                    "127.0.0.1", 1, Optional.empty(), false, "erp@acme.test", List.of("auditor@outside.test"));
            Settings settings = settings(database, Optional.of(nobodyListens));
            UUID acme = prepare(settings);

            assertThat(mailHeads(settings)).isEqualTo(2);
            assertThat(mailHeads(settings)).isZero();
            List<Notification> outbox = outbox(settings, acme);

            assertThat(outbox).singleElement().satisfies(mail -> {
                assertThat(mail.address()).contains("auditor@outside.test");
                assertThat(mail.status()).isEqualTo("queued");
            });
            String body = outbox.getFirst().body().orElseThrow();
            Path heads = home.resolve("mailed.json");
            Files.writeString(heads, body.substring(body.indexOf('{')));
            assertThat(audit(settings, "verify", "--heads", heads.toString())).isZero();
            assertThat(words()).contains("signed by the key of this home", "through the head kept elsewhere");
            TamperRows.change(database, acme, "delete from journal_seals");
            TamperRows.change(database, acme, "delete from workflow_journal");
            TamperRows.change(database, acme, "update journal_heads set seq = 0, hash = ''");
            assertThat(audit(settings, "verify", "--heads", heads.toString())).isEqualTo(1);
        }
    }

    /** By a node of its own each time, which remembers nothing. */
    private static int mailHeads(Settings settings) {
        return withNode(settings, Node::mailHeads);
    }

    private static List<Notification> outbox(Settings settings, UUID company) {
        return withNode(
                settings,
                node -> node.engine().run(company, tx -> node.erp().inbox().outbox(tx, Optional.empty(), 100)));
    }

    private static <T> T withNode(Settings settings, Function<Node, T> work) {
        try (Database at = Database.open(settings);
                Pools pools = Pools.open(at);
                Node node = Node.assemble(settings, pools)) {
            return work.apply(node);
        }
    }

    private Settings settings(TestDatabase database) {
        return settings(database, Optional.empty());
    }

    private Settings settings(TestDatabase database, Optional<Settings.Mail> mail) {
        return new Settings(
                0,
                home,
                Optional.of(new External(
                        database.appAddress().jdbcUrl(),
                        new SignIn(
                                database.appAddress().user(),
                                database.appAddress().password()),
                        Optional.of(new SignIn(
                                database.ownerAddress().user(),
                                database.ownerAddress().password())))),
                "millrace",
                NodeRole.ALL,
                true,
                "127.0.0.1",
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Limits.DEFAULT,
                mail,
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                RetentionSettings.USUAL);
    }

    private static UUID prepare(Settings settings) {
        try (Database at = Database.open(settings)) {
            at.migrate();
            try (Pools pools = Pools.open(at);
                    Node node = Node.assemble(settings, pools)) {
                Seeding.ofDemo(node);
                node.engine().seal();
                return node.erp().members().companyBySlug("acme").orElseThrow();
            }
        }
    }

    private int audit(Settings settings, String... arguments) {
        said.reset();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new AuditCommand(settings, Clock.systemUTC(), out, out).run(List.of(arguments));
    }

    private String words() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
