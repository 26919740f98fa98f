package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a company's journal goes out once a day, whatever nodes there are. */
class HeadsByMailTest {
    private static final GreenMail SERVER = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private static final int NODES = 4;

    private final World world = new World(
            new SmtpMailSender("127.0.0.1", SERVER.getSmtp().getPort(), null, null, "erp@acme.example", false));

    private final List<String> trail = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    private HeadsByMail node(long seq, String... addresses) {
        return world.erp.headsByMail(
                this::write, List.of(addresses), (tx, company) -> new HeadsByMail.Head(seq, "{\"seq\": " + seq + "}"));
    }

    private void write(
            Tx tx,
            Actor actor,
            String type,
            String resourceType,
            UUID resourceId,
            Optional<String> before,
            Optional<String> after,
            String comment) {
        trail.add(type + ": " + comment);
    }

    private List<Notification> outbox() {
        return world.run(tx -> world.erp.inbox().outbox(tx, Optional.empty(), 100));
    }

    @Test
    void many_nodes_at_once_send_one_mail_to_each_address() throws Exception {
        var together = new CyclicBarrier(NODES);
        List<Callable<Boolean>> nodes = Stream.generate(() -> node(7, "one@outside.example", "two@outside.example"))
                .limit(NODES)
                .<Callable<Boolean>>map(node -> () -> {
                    together.await();
                    return node.runOnce(world.tenant);
                })
                .toList();
        long first;
        try (ExecutorService threads = Executors.newFixedThreadPool(NODES)) {
            first = threads.invokeAll(nodes).stream()
                    .filter(done -> done.resultNow())
                    .count();
        }

        int tried = world.erp.notificationSender().runOnce(world.tenant);
        int again = world.erp.notificationSender().runOnce(world.tenant);

        assertThat(first).isEqualTo(1);
        assertThat(List.of(tried, again)).containsExactly(2, 0);
        MimeMessage[] received = SERVER.getReceivedMessages();
        assertThat(Arrays.stream(received).map(HeadsByMailTest::recipient))
                .containsExactlyInAnyOrder("one@outside.example", "two@outside.example");
        assertThat(received[0].getContent().toString())
                .contains("ended with entry 7", "./millrace audit verify --heads", "{\"seq\": 7}");
        assertThat(trail).containsExactly("journal.head_mailed: entry 7 to one@outside.example, two@outside.example");
    }

    private static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_next_day_of_the_company_has_a_mail_of_its_own() {
        HeadsByMail node = node(7, "one@outside.example");
        boolean first = node.runOnce(world.tenant);
        boolean second = node.runOnce(world.tenant);
        // A node that was just started knows the outbox alone.
        boolean third = node(8, "one@outside.example").runOnce(world.tenant);
        world.run(tx -> tx.handle().execute("update millrace_clock set ahead = ahead + interval '1 day'"));
        boolean nextDay = node.runOnce(world.tenant);

        assertThat(List.of(first, second, third, nextDay)).containsExactly(true, false, false, true);
        assertThat(outbox())
                .extracting(m -> m.subject().orElseThrow())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(s -> s.endsWith(": entry 7"));
    }

    @Test
    void nothing_is_sent_of_an_empty_journal_to_nobody_or_of_what_is_no_company() {
        assertThat(node(0, "one@outside.example").runOnce(world.tenant)).isFalse();
        assertThat(node(7).runOnce(world.tenant)).isFalse();
        assertThat(node(7, "one@outside.example").runOnce(UUID.randomUUID())).isFalse();
        assertThat(outbox()).isEmpty();
    }

    @Test
    void what_fails_before_the_commit_leaves_no_mail_and_is_done_the_next_time() {
        HeadsByMail failing = world.erp.headsByMail(
                (tx, actor, type, resourceType, resourceId, before, after, comment) -> {
                    throw new IllegalStateException("the journal is away");
                },
                List.of("one@outside.example"),
                (tx, company) -> new HeadsByMail.Head(7, "{}"));

        assertThatThrownBy(() -> failing.runOnce(world.tenant)).hasMessageContaining("the journal is away");
        assertThat(outbox()).isEmpty();
        assertThat(node(7, "one@outside.example").runOnce(world.tenant)).isTrue();
    }
}
