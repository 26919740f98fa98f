package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.erp.Delegations.Ended;
import dev.millrace.erp.Delegations.Made;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who decides for whom: dated, for roles that the giver holds, one link, never a chain. */
class DelegationTest {
    private static final Duration WEEK = Duration.ofDays(7);

    private final World world = new World();
    private final Delegations delegations = world.erp.delegations(world.trail());
    private final Member meera = world.member("finance.head");
    private final Member wasim = world.member("warehouse");
    private final Instant now = world.run(tx -> tx.now());

    @Test
    void whoever_is_named_stands_in_from_the_beginning_to_the_end() {
        Delegation made =
                done(make(meera, wasim, Set.of("Finance Head"), now.plus(WEEK), now.plus(WEEK.multipliedBy(2))));

        assertThat(standsInFor(wasim)).isEmpty();
        assertThat(world.<Integer>run(tx -> tx.handle()
                        .createUpdate(
                                "update delegations set starts = millrace_now() where tenant_id = :tenant and id = :id")
                        .bind("tenant", world.tenant)
                        .bind("id", made.id())
                        .execute()))
                .isOne();
        assertThat(standsInFor(wasim)).singleElement().satisfies(d -> {
            assertThat(d.from()).isEqualTo(meera);
            assertThat(d.roles()).containsExactly("Finance Head");
        });
        assertThat(deputiesOf(meera)).extracting(Directory.Delegation::to).containsExactly(wasim);
        assertThat(standsInFor(meera)).isEmpty();
        world.run(tx -> tx.handle()
                .createUpdate("""
                        update delegations set starts = millrace_now() - interval '2 hours', ends = millrace_now() - interval '1 second'
                         where tenant_id = :tenant and id = :id""")
                .bind("tenant", world.tenant)
                .bind("id", made.id())
                .execute());
        assertThat(standsInFor(wasim)).isEmpty();
        assertThat(deputiesOf(meera)).isEmpty();
    }

    @Test
    void making_and_ending_is_journaled_and_it_ends_at_once() {
        Delegation made = done(make(meera, wasim, Set.of(), now, now.plus(WEEK)));

        Ended ended = world.run(tx -> delegations.end(tx, made.id(), Optional.of(meera.id()), Actor.user(meera)));
        Ended again = world.run(tx -> delegations.end(tx, made.id(), Optional.empty(), Actor.user(meera)));

        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThat(again).isEqualTo(new Ended.OverAlready());
        assertThat(standsInFor(wasim)).isEmpty();
        assertThat(world.trail).hasSize(2);
        assertThat(world.trail.getFirst())
                .startsWith("Meera Finance delegation.created - open: Wasim Warehouse for Meera Finance, all roles");
        assertThat(world.trail.getLast()).startsWith("Meera Finance delegation.ended open ended");
    }

    @Test
    void nobody_ends_what_another_gave() {
        Delegation made = done(make(meera, wasim, Set.of(), now, now.plus(WEEK)));

        assertThat(world.<Ended>run(tx -> delegations.end(tx, made.id(), Optional.of(wasim.id()), Actor.user(wasim))))
                .isEqualTo(new Ended.NotFound());
        assertThat(standsInFor(wasim)).hasSize(1);
    }

    @Test
    void what_was_delegated_is_not_passed_on() {
        done(make(meera, wasim, Set.of(), now, now.plus(WEEK)));

        assertThat(codes(make(wasim, meera, Set.of("Finance Head"), now, now.plus(WEEK))))
                .contains("role_not_held roles");
    }

    @Test
    void somebody_who_is_away_himself_is_no_deputy_meanwhile() {
        done(make(meera, wasim, Set.of(), now.plus(WEEK), now.plus(WEEK.multipliedBy(2))));

        assertThat(codes(make(wasim, meera, Set.of(), now, now.plus(WEEK).plusSeconds(1))))
                .containsExactly("deputy_away to");
        done(make(wasim, meera, Set.of(), now, now.plus(WEEK)));
    }

    @Test
    void a_deputy_may_decide_by_himself_is_active_and_somebody_else() {
        assertThat(codes(make(meera, meera, Set.of(), now, now.plus(WEEK)))).containsExactly("own_deputy to");
        assertThat(codes(make(meera, world.member("admin"), Set.of(), now, now.plus(WEEK))))
                .containsExactly("cannot_decide to");
        world.run(tx -> world.erp
                .membership(world.trail())
                .change(tx, wasim.id(), Optional.of(false), Optional.empty(), Actor.SYSTEM));
        assertThat(codes(make(meera, wasim, Set.of(), now, now.plus(WEEK)))).containsExactly("user_unknown to");
    }

    @Test
    void times_must_lie_ahead_and_end() {
        assertThat(codes(make(meera, wasim, Set.of(), now.minus(WEEK), now.minusSeconds(1))))
                .containsExactly("out_of_range ends");
        assertThat(codes(make(meera, wasim, Set.of(), now.plus(WEEK), now.plusSeconds(1))))
                .containsExactly("out_of_range ends");
        assertThat(codes(make(meera, wasim, Set.of(), now, now.plus(Duration.ofDays(367)))))
                .containsExactly("out_of_range ends");
    }

    @Test
    void whoever_is_switched_off_or_loses_the_role_gives_nothing_any_more() {
        done(make(meera, wasim, Set.of("Finance Head"), now, now.plus(WEEK)));
        Membership membership = world.erp.membership(world.trail());

        world.run(tx -> membership.change(
                tx, meera.id(), Optional.empty(), Optional.of(Set.of(Permissions.CFO)), Actor.SYSTEM));
        assertThat(standsInFor(wasim)).isEmpty();

        world.run(tx -> membership.change(
                tx, meera.id(), Optional.empty(), Optional.of(Set.of(Permissions.FINANCE_HEAD)), Actor.SYSTEM));
        assertThat(standsInFor(wasim)).hasSize(1);

        world.run(tx -> membership.change(tx, meera.id(), Optional.of(false), Optional.empty(), Actor.SYSTEM));
        assertThat(standsInFor(wasim)).isEmpty();
        assertThat(deputiesOf(meera)).isEmpty();
    }

    @Test
    void several_deputies_at_a_time_are_allowed_and_listed_for_both_sides() {
        World other = new World();
        UUID first = done(make(meera, wasim, Set.of(), now, now.plus(WEEK))).id();
        UUID second = done(make(meera, wasim, Set.of("Finance Head"), now, now.plus(WEEK)))
                .id();

        assertThat(deputiesOf(meera)).hasSize(2);
        for (Member member : List.of(meera, wasim)) {
            assertThat(world.<List<Delegation>>run(
                            tx -> delegations.open(tx, Optional.of(member.id()), Optional.empty(), 10)))
                    .extracting(Delegation::id)
                    .containsExactly(second, first);
        }
        assertThat(world.<List<Delegation>>run(tx -> delegations.open(tx, Optional.empty(), Optional.of(second), 10)))
                .extracting(Delegation::id)
                .containsExactly(first);
        assertThat(other.<List<Delegation>>run(tx -> delegations.open(tx, Optional.empty(), Optional.empty(), 10)))
                .isEmpty();
        assertThat(other.<Ended>run(tx -> delegations.end(tx, first, Optional.empty(), Actor.SYSTEM)))
                .isEqualTo(new Ended.NotFound());
    }

    private Made make(Member from, Member to, Set<String> roles, Instant starts, Instant ends) {
        var wanted = new NewDelegation(to.email(), roles, Optional.of(starts), ends, Optional.empty());
        return world.run(tx -> delegations.make(tx, from, wanted, Actor.user(from)));
    }

    private static Delegation done(Made made) {
        assertThat(made).isInstanceOf(Made.Done.class);
        return ((Made.Done) made).delegation();
    }

    private static List<String> codes(Made made) {
        assertThat(made).isInstanceOf(Made.Refused.class);
        return ((Made.Refused) made)
                .problems().stream()
                        .map(problem -> problem.code() + " " + problem.path())
                        .toList();
    }

    private List<Directory.Delegation> standsInFor(Member member) {
        return world.run(tx -> world.erp.directory().standsInFor(tx, member.id()));
    }

    private List<Directory.Delegation> deputiesOf(Member member) {
        return world.run(tx -> world.erp.directory().deputiesOf(tx, member.id()));
    }
}
