package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deputies, handing over, and requests that nobody can decide. */
class WhoDecidesTest {
    private static final String ASK = """
            workflow:
              name: who-decides
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, min_approvals: %d }
                - { id: lock, action: trial.effect, depends_on: ask, config: {} }
            """;
    private static final String ESCALATING = """
            workflow:
              name: escalating
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head }
                  on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final Member asha = fixture.directory.add(company.tenant, "Asha");

    @Test
    void a_deputy_is_told_and_decides_and_the_decision_names_both() {
        fixture.directory.delegate(company.tenant, company.meera, asha, "Finance Head");
        company.enable(ASK.formatted(1));
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        List<UUID> inbox = company.inbox(asha);

        Decided decided = company.approve(request, asha);

        assertThat(inbox).containsExactly(request.id());
        assertThat(fixture.directory.told(company.tenant, asha)).hasSize(1);
        assertThat(decided)
                .isInstanceOfSatisfying(
                        Decided.Done.class,
                        d -> assertThat(d.request().ended().orElseThrow().byName())
                                .isEqualTo("Asha for Meera"));
        assertThat(votes(request)).singleElement().satisfies(v -> {
            assertThat(v.member()).isEqualTo(asha.id());
            assertThat(v.forId()).contains(company.meera.id());
        });
        company.awaitStatus(execution, "completed");
    }

    @Test
    void a_delegation_is_one_link_long_and_only_of_its_roles() {
        Member vikram = fixture.directory.add(company.tenant, "Vikram");
        fixture.directory.delegate(company.tenant, company.meera, asha, "CFO");
        fixture.directory.delegate(company.tenant, company.arjun, asha);
        fixture.directory.delegate(company.tenant, asha, vikram);
        company.enable(ASK.formatted(1));
        Request request = company.awaitRequest(company.start("1"));

        assertThat(company.inbox(asha)).isEmpty();
        assertThat(company.inbox(vikram)).isEmpty();
        assertThat(List.of(company.approve(request, asha), company.approve(request, vikram)))
                .allSatisfy(d -> assertThat(d)
                        .isInstanceOfSatisfying(
                                Decided.Forbidden.class,
                                f -> assertThat(f.code()).isEqualTo("not_asked")));
    }

    @Test
    void a_deputy_speaks_with_the_voice_of_the_other_and_that_voice_counts_once() {
        fixture.directory.add(company.tenant, "Sana", "Finance Head");
        fixture.directory.delegate(company.tenant, company.meera, asha);
        company.enable(ASK.formatted(2));
        Request request = company.awaitRequest(company.start("1"));

        Decided first = company.approve(request, asha);
        Decided second = company.approve(request, company.meera);

        assertThat(first).isInstanceOf(Decided.Counted.class);
        assertThat(second)
                .isInstanceOfSatisfying(
                        Decided.AlreadyVoted.class,
                        v -> assertThat(v.vote().name()).isEqualTo("Asha for Meera"));
    }

    @Test
    void a_deputy_who_holds_the_role_too_counts_once() {
        Member holder = fixture.directory.hold(company.tenant, asha, "Finance Head");
        fixture.directory.delegate(company.tenant, company.meera, holder);
        company.enable(ASK.formatted(2));
        Request request = company.awaitRequest(company.start("1"));

        Decided first = company.approve(request, holder);
        Decided again = company.approve(request, holder);
        Decided other = company.approve(request, company.meera);

        assertThat(first).isInstanceOf(Decided.Counted.class);
        assertThat(again).isInstanceOf(Decided.AlreadyVoted.class);
        assertThat(other).isInstanceOf(Decided.Done.class);
        assertThat(votes(request)).extracting(Vote::name).containsExactly("Asha for Meera", "Meera");
    }

    @Test
    void whoever_may_decide_hands_over_and_from_then_on_others_are_asked() {
        company.enable(ASK.formatted(1));
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);

        Reassigned stranger = reassign(request, asha, "CFO");
        Reassigned nowhere = reassign(request, company.meera, "Night Shift");
        Reassigned toRequester = reassign(request, company.meera, company.requester.email());
        Reassigned toNobody = reassign(request, company.meera, "Nobody");
        Reassigned done = reassign(request, company.meera, asha.email());

        assertThat(stranger).isInstanceOf(Reassigned.Refused.class);
        assertThat(nowhere).isInstanceOf(Reassigned.UnknownTarget.class);
        assertThat(toRequester).isInstanceOf(Reassigned.NobodyThere.class);
        assertThat(toNobody).isInstanceOf(Reassigned.NobodyThere.class);
        assertThat(done)
                .isInstanceOfSatisfying(
                        Reassigned.Done.class,
                        d -> assertThat(d.request().requiredUser()).contains(asha.id()));
        assertThat(fixture.directory.told(company.tenant, asha))
                .anyMatch(subject -> subject.startsWith("Handed over to you"));
        assertThat(company.approve(request, company.meera)).isInstanceOf(Decided.Forbidden.class);
        assertThat(company.approve(request, asha)).isInstanceOf(Decided.Done.class);
        assertThat(reassign(request, asha, "CFO"))
                .isInstanceOfSatisfying(
                        Reassigned.Refused.class, r -> assertThat(r.why()).isInstanceOf(Decided.TooLate.class));
        assertThat(company.journaled(execution, "workflow.approval_reassigned")).isEqualTo(1);
    }

    @Test
    void an_administrator_hands_over_only_what_nobody_can_decide() {
        company.enable(ASK.formatted(1));
        Request normal = company.awaitRequest(company.start("1"));
        Reassigned refused = fixture.engine.approvals().reassign(company.tenant, normal.id(), asha.id(), true, "CFO");
        fixture.directory.hold(company.tenant, company.meera);
        Request stuck = company.awaitRequest(company.start("1"));

        Reassigned done = fixture.engine.approvals().reassign(company.tenant, stuck.id(), asha.id(), true, "CFO");

        assertThat(refused).isInstanceOf(Reassigned.Refused.class);
        assertThat(stuck.nobody()).isTrue();
        assertThat(done)
                .isInstanceOfSatisfying(
                        Reassigned.Done.class,
                        d -> assertThat(d.request().nobody()).isFalse());
        assertThat(company.approve(stuck, company.arjun)).isInstanceOf(Decided.Done.class);
    }

    @Test
    void a_role_that_loses_its_last_member_passes_its_requests_on_at_once() {
        company.enable(ESCALATING);
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");

        fixture.directory.hold(company.tenant, company.meera);
        membersChanged();

        await().atMost(Duration.ofSeconds(15))
                .until(() -> company.pending(execution)
                        .filter(r -> r.requiredRole().equals(Optional.of("CFO")))
                        .isPresent());
        Request higher = company.pending(execution).orElseThrow();
        assertThat(higher.escalatedFrom()).contains(request.id());
        assertThat(company.journaled(execution, "workflow.approval_stuck")).isEqualTo(1);
        assertThat(company.journaled(execution, "workflow.escalated")).isEqualTo(1);
        company.approve(higher, company.arjun);
        company.awaitStatus(execution, "completed");
    }

    @Test
    void without_anybody_to_ask_next_it_stays_until_somebody_holds_the_role_again() {
        company.enable(ASK.formatted(1));
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        fixture.directory.hold(company.tenant, company.meera);
        membersChanged();
        membersChanged();
        boolean stuck = company.request(request.id()).nobody();
        company.awaitStatus(execution, "awaiting_approval");

        Member successor = fixture.directory.hold(company.tenant, asha, "Finance Head");
        membersChanged();

        assertThat(stuck).isTrue();
        assertThat(company.request(request.id()).nobody()).isFalse();
        assertThat(fixture.directory.told(company.tenant, successor)).hasSize(1);
        assertThat(company.journaled(execution, "workflow.approval_stuck")).isEqualTo(1);
        company.approve(request, successor);
        company.awaitStatus(execution, "completed");
    }

    private void membersChanged() {
        company.run(tx -> {
            fixture.engine.approvals().membersChanged(tx);
            return tx.tenant();
        });
    }

    private Reassigned reassign(Request request, Member by, String to) {
        return fixture.engine.approvals().reassign(company.tenant, request.id(), by.id(), false, to);
    }

    private List<Vote> votes(Request request) {
        return company.run(tx -> fixture.engine.approvals().votes(tx, List.of(request.id())))
                .getOrDefault(request.id(), List.of());
    }
}
