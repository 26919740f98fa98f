package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.approval.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Several people decide: how many, which, and never one of them twice. */
class QuorumTest {
    private static final String TWO_OF_THEM = """
            workflow:
              name: two-of-them
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, min_approvals: 2 }
                - { id: lock, action: trial.effect, depends_on: ask, config: { note: "{{ steps.ask.output.decided_by }}" } }
            """;
    private static final String TWO_LEVELS = """
            workflow:
              name: two-levels
              trigger: { event: order.created }
              steps:
                - { id: first, action: erp.approval.request, config: { role: Finance Head } }
                - id: second
                  action: erp.approval.request
                  depends_on: first
                  config: { role: CFO }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    @Test
    void two_people_must_approve_and_the_first_is_told_how_many_are_missing() {
        Member sana = fixture.directory.add(company.tenant, "Sana", "Finance Head");
        company.enable(TWO_OF_THEM);
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);

        Decided first = company.approve(request, company.meera);
        Decided again = company.approve(request, company.meera);
        Decided rethought = company.reject(request, company.meera, "on second thought");
        List<UUID> leftForMeera = company.inbox(company.meera);
        Decided second = company.approve(request, sana);

        assertThat(first)
                .isInstanceOfSatisfying(
                        Decided.Counted.class, c -> assertThat(c.approvals()).isEqualTo(1));
        assertThat(again)
                .isInstanceOfSatisfying(
                        Decided.AlreadyVoted.class,
                        v -> assertThat(v.vote().memberName()).isEqualTo("Meera"));
        assertThat(rethought).isInstanceOf(Decided.AlreadyVoted.class);
        assertThat(leftForMeera).isEmpty();
        assertThat(second).isInstanceOf(Decided.Done.class);
        company.awaitStatus(execution, "completed");
        assertThat(company.effects(execution, "lock")).isEqualTo(1);
        assertThat(company.journaled(execution, "workflow.approval_counted")).isEqualTo(1);
        assertThat(company.journaled(execution, "workflow.approval_granted")).isEqualTo(1);
    }

    @Test
    void the_first_rejection_rejects_whatever_was_approved_before() {
        Member sana = fixture.directory.add(company.tenant, "Sana", "Finance Head");
        company.enable(TWO_OF_THEM);
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.approve(request, company.meera);

        Decided rejected = company.reject(request, sana, "no");

        assertThat(rejected).isInstanceOf(Decided.Done.class);
        assertThat(company.awaitStatus(execution, "completed").outcome()).contains("rejected");
        assertThat(company.effects(execution, "lock")).isZero();
    }

    @Test
    void a_quorum_that_is_short_of_people_goes_on_to_others_when_the_last_of_them_has_approved() {
        company.enable("""
                workflow:
                  name: short-of-people
                  trigger: { event: order.created }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Finance Head, min_approvals: 2 }
                      on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
                """);
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);

        assertThat(company.approve(request, company.meera)).isInstanceOf(Decided.Counted.class);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> company.request(request.id()).escalatedTo().isPresent());
        assertThat(company.journaled(execution, "workflow.approval_stuck")).isEqualTo(1);
        assertThat(company.journaled(execution, "workflow.escalated")).isEqualTo(1);
    }

    @Test
    void one_person_does_not_approve_two_levels_of_one_execution() {
        Member both = fixture.directory.hold(company.tenant, company.meera, "Finance Head", "CFO");
        company.enable(TWO_LEVELS);
        UUID execution = company.start("1");
        company.approve(company.awaitRequest(execution), both);
        Request second = awaitStep(execution, "second");

        Decided twice = company.approve(second, both);

        assertThat(company.inbox(both)).isEmpty();
        assertThat(twice)
                .isInstanceOfSatisfying(
                        Decided.Forbidden.class, f -> assertThat(f.code()).isEqualTo("same_person_twice"));
        assertThat(company.approve(second, company.arjun)).isInstanceOf(Decided.Done.class);
    }

    @Test
    void a_level_whose_only_member_has_approved_the_one_before_is_known_to_have_nobody() {
        Member both = fixture.directory.hold(company.tenant, company.meera, "Finance Head", "CFO");
        fixture.directory.hold(company.tenant, company.arjun);
        company.enable(TWO_LEVELS);
        UUID execution = company.start("1");

        company.approve(company.awaitRequest(execution), both);

        assertThat(awaitStep(execution, "second").nobody()).isTrue();
    }

    @Test
    void of_two_branches_that_ask_the_same_only_member_the_second_is_known_to_have_nobody_after_the_first() {
        company.enable("""
                workflow:
                  name: two-branches
                  trigger: { event: order.created }
                  steps:
                    - { id: one, action: erp.approval.request, config: { role: Finance Head } }
                    - id: two
                      action: erp.approval.request
                      config: { role: Finance Head }
                      on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
                """);
        UUID execution = company.start("1");
        Request one = awaitStep(execution, "one");
        awaitStep(execution, "two");

        company.approve(one, company.meera);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> awaitStep(execution, "two").requiredRole().equals(Optional.of("CFO")));
        company.approve(awaitStep(execution, "two"), company.arjun);
        company.awaitStatus(execution, "completed");
    }

    @Test
    void a_company_may_let_one_person_approve_twice() {
        fixture.directory.rule(company.tenant, p -> p.put("distinct_approvers", "allow"));
        Member both = fixture.directory.hold(company.tenant, company.meera, "Finance Head", "CFO");
        company.enable(TWO_LEVELS);
        UUID execution = company.start("1");

        company.approve(company.awaitRequest(execution), both);

        assertThat(company.approve(awaitStep(execution, "second"), both)).isInstanceOf(Decided.Done.class);
    }

    @Test
    void a_company_may_want_a_comment_with_every_approval() {
        fixture.directory.rule(company.tenant, p -> {
            p.putArray("comment_required").add("approve").add("reject");
            return p;
        });
        company.enable(TWO_LEVELS);
        Request request = company.awaitRequest(company.start("1"));

        Decided silent = company.approve(request, company.meera);
        Decided said = fixture.engine
                .approvals()
                .decide(company.tenant, request.id(), company.meera.id(), true, Optional.of("fine"));

        assertThat(silent).isInstanceOf(Decided.CommentRequired.class);
        assertThat(said).isInstanceOf(Decided.Done.class);
    }

    /** P4, as far as the engine has ways in. */
    @Test
    void P4_an_own_request_is_refused_on_every_way_in_and_journaled_each_time() {
        Member owner = fixture.directory.hold(company.tenant, company.requester, "Finance Head", "CFO");
        Member sana = fixture.directory.add(company.tenant, "Sana");
        fixture.directory.delegate(company.tenant, company.meera, owner);
        fixture.directory.delegate(company.tenant, owner, sana);
        company.enable(TWO_OF_THEM);
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);

        List<Decided> refused = List.of(
                company.approve(request, owner),
                company.reject(request, owner, "mine"),
                fixture.engine.approvals().sendBack(company.tenant, request.id(), owner.id(), Optional.of("mine")),
                // Her deputy has no other right than hers, and she has none here.
                company.approve(request, sana));
        Reassigned handed = fixture.engine.approvals().reassign(company.tenant, request.id(), owner.id(), false, "CFO");

        assertThat(refused)
                .allSatisfy(r -> assertThat(r)
                        .isInstanceOfSatisfying(
                                Decided.Forbidden.class,
                                f -> assertThat(f.code()).isEqualTo("own_request")));
        assertThat(handed).isInstanceOf(Reassigned.Refused.class);
        assertThat(company.inbox(owner)).isEmpty();
        assertThat(company.inbox(sana)).isEmpty();
        assertThat(company.refusals(request.id())).isEqualTo(5);
        assertThat(company.pending(execution)).isPresent();
    }

    @Test
    void where_a_company_allows_it_the_requester_decides_an_own_request() {
        fixture.directory.rule(company.tenant, p -> p.put("self_approval", "allow"));
        Member owner = fixture.directory.hold(company.tenant, company.requester, "Finance Head");
        company.enable(TWO_LEVELS);
        Request request = company.awaitRequest(company.start("1"));

        assertThat(company.inbox(owner)).containsExactly(request.id());
        assertThat(company.approve(request, owner)).isInstanceOf(Decided.Done.class);
    }

    private Request awaitStep(UUID execution, String step) {
        return await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> company.run(tx -> fixture.engine.approvals().pendingOf(tx, execution, step)),
                        Optional::isPresent)
                .orElseThrow();
    }
}
