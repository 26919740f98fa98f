package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.erp.MailSender.Mail;
import dev.millrace.erp.MailSender.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private final List<Mail> mails = new ArrayList<>();
    private Sent answer = new Sent.Accepted("provider-1");
    private final World world = new World(mail -> {
        mails.add(mail);
        return answer;
    });
    private final Directory directory = world.erp.directory();

    @Test
    void the_company_and_its_people_are_what_was_set_up() {
        Member finance = world.member("finance.head");
        world.sql("update members set active = false where tenant_id = :tenant and id = :id", finance.id());

        world.run(tx -> {
            assertThat(directory.tenant(tx).taxRegime()).isEqualTo("IN_GST");
            assertThat(directory.modules(tx)).containsExactlyInAnyOrder("core", "procurement");
            assertThat(directory.roles(tx))
                    .containsEntry("Admin", 1)
                    .containsEntry("Finance Head", 0)
                    .containsEntry("CFO", 0)
                    .hasSize(11);
            assertThat(directory.memberNames(tx))
                    .contains("admin@test.example", world.requester().id().orElseThrow())
                    .doesNotContain(finance.email(), finance.id().toString());
            assertThat(directory.holders(tx, "Admin")).extracting(Member::name).containsExactly("Asha Admin");
            assertThat(directory.holders(tx, "Finance Head")).isEmpty();
            assertThat(directory.holders(tx, "Nobody's Role")).isEmpty();
            assertThat(directory.member(tx, "FINANCE.HEAD@test.example"))
                    .hasValueSatisfying(member -> assertThat(member.active()).isFalse());
            assertThat(directory.member(tx, finance.id().toString())).isPresent();
            assertThat(directory.member(tx, "no id")).isEmpty();
            return tx;
        });
        assertThat(world.erp.members().permissions(world.member("finance.head")))
                .isEmpty();
    }

    @Test
    void a_card_names_an_order_and_its_supplier() {
        PurchaseOrder order = world.draft();

        Optional<Directory.EntityCard> card = world.run(tx -> directory.card(tx, "purchase_order", order.id()));

        assertThat(card).map(Directory.EntityCard::label).contains(order.number() + " Supplier S1");
        assertThat(world.<Optional<Directory.EntityCard>>run(
                        tx -> directory.card(tx, "purchase_order", new UUID(1, 1))))
                .isEmpty();
        assertThat(world.<Optional<Directory.EntityCard>>run(tx -> directory.card(tx, "payment", order.id())))
                .isEmpty();
    }

    @Test
    void people_are_told_in_the_app_and_by_mail_if_they_want_it_after_the_commit() {
        Member admin = world.member("admin");
        world.run(tx -> {
            world.erp.members().preferEmail(tx, admin.id(), true);
            return tx;
        });

        tell(admin, world.member("requester"));
        assertThat(mails).isEmpty();
        assertThat(world.erp.notificationSender().tenantsWaiting()).contains(world.tenant);
        int tried = world.erp.notificationSender().runOnce(world.tenant);

        assertThat(tried).isOne();
        assertThat(mails).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("admin@test.example");
            assertThat(mail.text()).isEqualTo("Please decide\n\nhttps://erp.example/workflows/approvals/1");
        });
        assertThat(outbox())
                .extracting(m ->
                        m.channel() + " " + m.status() + " " + m.providerId().orElse("-"))
                .containsExactlyInAnyOrder("in_app sent -", "in_app sent -", "email sent provider-1");
        assertThat(world.erp.notificationSender().runOnce(world.tenant)).isZero();
    }

    @Test
    void a_mail_that_cannot_go_out_now_is_tried_again_later_under_the_same_id() {
        wantsMail();
        answer = new Sent.Unavailable("connection refused");
        tell(world.member("admin"));

        assertThat(world.erp.notificationSender().runOnce(world.tenant)).isOne();
        assertThat(world.erp.notificationSender().runOnce(world.tenant)).isZero();
        makeDue();
        answer = new Sent.Accepted("provider-2");
        assertThat(world.erp.notificationSender().runOnce(world.tenant)).isOne();

        assertThat(mails)
                .hasSize(2)
                .extracting(Mail::messageId)
                .containsOnly(mails.getFirst().messageId());
    }

    @Test
    void a_mail_is_given_up_after_six_tries_or_a_refusal() {
        wantsMail();
        tell(world.member("admin"));
        answer = new Sent.Unavailable("connection refused");
        for (int i = 0; i < 6; i++) {
            makeDue();
            assertThat(world.erp.notificationSender().runOnce(world.tenant)).isOne();
        }
        tell(world.member("admin"));
        answer = new Sent.Rejected("550");
        world.erp.notificationSender().runOnce(world.tenant);

        assertThat(outbox())
                .filteredOn(message -> message.channel().equals("email"))
                .extracting(m -> m.status() + " " + m.error().orElse("-"))
                .containsExactly("failed 550", "failed connection refused");
        assertThat(world.erp.notificationSender().tenantsWaiting()).doesNotContain(world.tenant);
    }

    @Test
    void messages_are_read_once_and_tasks_done_by_those_they_are_for() {
        Member admin = world.member("admin");
        tell(admin);
        world.events.answer = World.NOBODY;
        world.run(tx -> world.orders.submit(tx, world.draft().id(), world.requester()));

        world.run(tx -> {
            Inbox inbox = world.erp.inbox();
            assertThat(inbox.markRead(tx, admin.id(), List.of())).isEqualTo(2);
            assertThat(inbox.markRead(tx, admin.id(), List.of())).isZero();
            assertThat(inbox.notifications(tx, admin.id(), true, Optional.empty(), 10))
                    .isEmpty();
            UUID task = inbox.tasks(tx, admin, Optional.empty(), 10).getFirst().id();
            Tasks tasks = world.erp.tasks(world.trail());
            assertThat(tasks.done(tx, task, world.member("requester"), "")).isEqualTo(new Tasks.Changed.NotFound());
            assertThat(tasks.done(tx, task, admin, "")).isInstanceOf(Tasks.Changed.Done.class);
            assertThat(tasks.done(tx, task, admin, "")).isInstanceOf(Tasks.Changed.NotOpen.class);
            assertThat(inbox.tasks(tx, admin, Optional.empty(), 10)).isEmpty();
            return tx;
        });
    }

    private void wantsMail() {
        world.run(tx -> {
            world.erp.members().preferEmail(tx, world.member("admin").id(), true);
            return tx;
        });
    }

    private void tell(Member... people) {
        world.run(tx -> {
            directory.tell(
                    tx,
                    List.of(people),
                    new Directory.Message("Approval needed", "Please decide", "/workflows/approvals/1"));
            return tx;
        });
    }

    /** As if the pause between two tries were over; the clock is shared by all tests and stays. */
    private void makeDue() {
        world.sql(
                "update notifications set next_try_at = millrace_now() where tenant_id = :tenant and status = 'queued' and id <> :id",
                new UUID(0, 0));
    }

    private List<Notification> outbox() {
        return world.run(tx -> world.erp.inbox().outbox(tx, Optional.empty(), 20));
    }
}
