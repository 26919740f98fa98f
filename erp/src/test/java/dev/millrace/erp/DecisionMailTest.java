package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Directory.Decidable;
import dev.millrace.engine.Directory.Message;
import dev.millrace.engine.Member;
import dev.millrace.erp.DecisionLinks.Opened;
import dev.millrace.erp.MailSender.Mail;
import dev.millrace.erp.MailSender.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails about requests for approval: links to decide by, and what becomes of many mails in a day. */
class DecisionMailTest {
    private static final Pattern LINK =
            Pattern.compile("https://erp\\.example/decide/([A-Za-z0-9_-]{43})\\?decision=approve");

    private final List<Mail> mails = new ArrayList<>();
    private Sent answer = new Sent.Accepted("provider-1");
    private final World world = new World(mail -> {
        mails.add(mail);
        return answer;
    });
    private final Member meera = world.member("finance.head");
    private final DecisionLinks links = world.erp.decisionLinks();

    @BeforeEach
    void meeraWantsMail() {
        world.run(tx -> {
            world.erp.preferences(world.trail()).setByEmail(tx, meera, true);
            return tx;
        });
    }

    private UUID ask(Duration left) {
        UUID request = world.erp.ids().get();
        world.run(tx -> {
            var decidable = new Decidable(request, tx.now().plus(left));
            world.erp
                    .directory()
                    .tell(
                            tx,
                            List.of(meera, world.member("admin")),
                            new Message("Waiting for you: PO/1", "Pay?", "/workflows/approvals/" + request, Optional.of(decidable)));
            return tx;
        });
        return request;
    }

    private int send() {
        return world.erp.notificationSender().runOnce(world.tenant);
    }

    private static List<String> tokens(Mail mail) {
        var tokens = new ArrayList<String>();
        Matcher link = LINK.matcher(mail.text());
        while (link.find()) {
            tokens.add(link.group(1));
        }
        return tokens;
    }

    /** As if the time of those that wait had come; the clock is shared by all tests and stays. */
    private void letTimePass(String deadline) {
        world.sql(
                "update notifications set next_try_at = millrace_now() where tenant_id = :tenant and status = 'queued' and id <> :id"
                        + deadline,
                new UUID(0, 0));
    }

    @Test
    void a_mail_about_a_request_carries_links_for_its_one_reader_which_stand_nowhere_else() {
        UUID request = ask(Duration.ofHours(24));

        assertThat(world.count("decision_links")).isZero();
        send();

        assertThat(mails).hasSize(1);
        Mail mail = mails.getFirst();
        assertThat(mail.to()).isEqualTo(meera.email());
        String token = tokens(mail).getFirst();
        assertThat(mail.text())
                .contains("Reject: https://erp.example/decide/" + token + "?decision=reject")
                .contains("https://erp.example/workflows/approvals/" + request);
        assertThat(links.open(token)).contains(new Opened(world.tenant, request, meera.id(), Optional.empty()));
        String kept = world.run(tx -> tx.handle()
                .createQuery("""
                        select coalesce(string_agg(n::text, ' '), '') || coalesce((select string_agg(l::text, ' ')
                          from decision_links l where l.tenant_id = :tenant), '')
                          from notifications n where n.tenant_id = :tenant""")
                .bind("tenant", world.tenant)
                .mapTo(String.class)
                .one());
        assertThat(kept).contains("PO/1").doesNotContain(token);
    }

    @Test
    void a_link_is_used_once_and_what_is_none_opens_nothing() {
        ask(Duration.ofHours(24));
        send();
        String token = tokens(mails.getFirst()).getFirst();
        Opened link = links.open(token).orElseThrow();

        links.used(link, token);
        Opened used = links.open(token).orElseThrow();
        links.used(link, token);

        assertThat(used.usedAt()).isPresent();
        assertThat(links.open(token)).contains(used);
        assertThat(links.open(token.substring(1) + "A")).isEmpty();
        assertThat(links.open("")).isEmpty();
        assertThat(links.open("ünsinn %00")).isEmpty();
    }

    @Test
    void a_mail_that_is_sent_again_has_a_link_of_its_own_and_the_first_one_stays_good() {
        answer = new Sent.Unavailable("connection lost, perhaps behind the mail");
        UUID request = ask(Duration.ofHours(24));
        send();
        answer = new Sent.Accepted("provider-2");
        letTimePass("");
        send();

        assertThat(mails).hasSize(2).extracting(Mail::messageId).containsOnly(mails.getFirst().messageId());
        assertThat(mails.stream().flatMap(mail -> tokens(mail).stream()).toList())
                .doesNotHaveDuplicates()
                .hasSize(2)
                .allSatisfy(token ->
                        assertThat(links.open(token).orElseThrow().request()).isEqualTo(request));
    }

    @Test
    void beyond_twenty_a_day_messages_wait_for_one_mail_in_the_morning() {
        for (int n = 0; n < 23; n++) {
            ask(Duration.ofDays(30));
        }
        while (send() > 0) {
            // Twenty at a time.
        }
        assertThat(mails).hasSize(20).allSatisfy(mail -> assertThat(tokens(mail)).hasSize(1));
        mails.clear();

        letTimePass("");
        assertThat(send()).isEqualTo(3);

        assertThat(mails).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("3 messages");
            assertThat(mail.to()).isEqualTo(meera.email());
            assertThat(tokens(mail)).doesNotHaveDuplicates().hasSize(3);
        });
        assertThat(send()).isZero();
    }

    @Test
    void the_last_two_hours_before_a_deadline_are_mailed_at_once_digest_or_not() {
        for (int n = 0; n < 20; n++) {
            ask(Duration.ofDays(30));
        }
        while (send() > 0) {
            // Twenty at a time.
        }
        mails.clear();

        UUID near = ask(Duration.ofMinutes(119));
        UUID later = ask(Duration.ofHours(3));
        ask(Duration.ofDays(30));
        send();

        assertThat(mails).singleElement().satisfies(mail -> assertThat(mail.text()).contains(near.toString()));
        String waits = world.run(tx -> tx.handle()
                .createQuery("""
                        select (request_expires_at - next_try_at)::text from notifications
                         where tenant_id = :tenant and request_id = :request and channel = 'email'""")
                .bind("tenant", world.tenant)
                .bind("request", later)
                .mapTo(String.class)
                .one());
        // By itself two hours before its deadline, unless the morning's mail comes first.
        assertThat(waits).isGreaterThanOrEqualTo("02:00:00");
    }

    @Test
    void a_digest_that_cannot_go_out_now_is_tried_again() {
        for (int n = 0; n < 22; n++) {
            ask(Duration.ofDays(30));
        }
        while (send() > 0) {
            // Twenty at a time.
        }
        mails.clear();
        answer = new Sent.Unavailable("connection refused");
        letTimePass("");
        assertThat(send()).isEqualTo(2);
        answer = new Sent.Accepted("provider-2");
        letTimePass("");
        assertThat(send()).isEqualTo(2);

        assertThat(mails).hasSize(2).extracting(Mail::messageId).containsOnly(mails.getFirst().messageId());
        assertThat(send()).isZero();
    }

    @Test
    void a_member_says_once_how_he_is_told_and_that_is_journaled() {
        world.run(tx -> {
            world.erp.preferences(world.trail()).setByEmail(tx, meera, true);
            return tx;
        });

        assertThat(world.<Boolean>run(tx -> world.erp.preferences(world.trail()).byEmail(tx, meera)))
                .isTrue();
        assertThat(world.trail)
                .containsOnlyOnce(
                        "Meera Finance member.preferences_changed in the app in the app and by e-mail: Meera Finance");
    }
}
