package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Member;
import dev.millrace.erp.CompanyCalendar.Holiday;
import dev.millrace.erp.Membership.Changed;
import dev.millrace.language.BusinessCalendar;
import dev.millrace.language.Policies;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Policies, calendars and membership: kept for each company by itself, journaled, and heard by the engine. */
class CompanyRulesTest {
    private final World world = new World();
    private final PolicySettings policies = world.erp.policies(world.trail());
    private final CalendarSettings calendars = world.erp.calendars(world.trail());
    private final Membership membership = world.erp.membership(world.trail());
    private final Actor admin = Actor.user(world.member("admin"));

    @Test
    void a_company_that_has_set_no_policies_has_the_defaults() {
        assertThat(world.<Versioned<Policies>>run(policies::get)).isEqualTo(new Versioned<>(Policies.DEFAULT, 0));
    }

    @Test
    void policies_are_kept_and_the_journal_says_what_changed() {
        Policies wanted = read("""
                {"forbidden_actions": ["erp.ledger.*"], "change_tolerance": "2.5",
                 "approval_above": [{"actions": ["erp.purchase_order.lock"], "amount": "100000.00", "levels": 2}]}""");

        Versioned<Policies> set = world.run(tx -> policies.set(tx, wanted, admin));
        Versioned<Policies> again = world.run(tx -> policies.set(tx, wanted, admin));

        assertThat(set).isEqualTo(new Versioned<>(wanted, 1)).isEqualTo(again);
        assertThat(world.<Policies>run(tx -> world.erp.directory().policies(tx)))
                .isEqualTo(wanted);
        assertThat(world.trail)
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .startsWith("Asha Admin policy.changed {")
                        .contains("\"forbidden_actions\":[]", "\"forbidden_actions\":[\"erp.ledger.*\"]")
                        .contains("\"change_tolerance\":\"0\"", "\"change_tolerance\":\"2.5\"")
                        .doesNotContain("self_approval"));
    }

    @Test
    void the_policies_and_the_calendar_of_one_company_are_not_those_of_another() {
        World other = new World();
        world.run(tx -> policies.set(tx, read("{\"self_approval\": \"allow\"}"), admin));
        world.run(tx -> calendars.set(tx, calendar(new Holiday(LocalDate.of(2027, 1, 26), "Republic Day")), admin));

        assertThat(other.<Policies>run(tx -> other.erp.directory().policies(tx)))
                .isEqualTo(Policies.DEFAULT);
        assertThat(other.<Integer>run(
                        tx -> other.erp.directory().calendar(tx).holidays().size()))
                .isZero();
        for (String table : List.of("company_policies", "company_calendars", "holidays", "delegations")) {
            assertThat(other.<Long>run(tx -> tx.handle()
                            .createQuery("select count(*) from " + table)
                            .mapTo(Long.class)
                            .one()))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void a_deadline_in_business_hours_passes_over_a_holiday() {
        world.run(tx -> calendars.set(tx, calendar(new Holiday(LocalDate.of(2027, 1, 26), "Republic Day")), admin));
        BusinessCalendar calendar = world.run(tx -> world.erp.directory().calendar(tx));

        // Monday 17:00 in Kolkata, and two hours of work: one on Monday, one on Wednesday.
        Instant due = calendar.plus(Instant.parse("2027-01-25T11:30:00Z"), Duration.ofHours(2));

        assertThat(due).isEqualTo(Instant.parse("2027-01-27T04:30:00Z"));
    }

    @Test
    void a_calendar_is_replaced_as_a_whole_and_the_journal_has_both() {
        world.run(tx -> calendars.set(tx, calendar(new Holiday(LocalDate.of(2027, 1, 26), "Republic Day")), admin));
        var saturdays =
                new CompanyCalendar(Set.of(DayOfWeek.SATURDAY), LocalTime.of(10, 30), LocalTime.of(13, 0), List.of());

        Versioned<CompanyCalendar> set = world.run(tx -> calendars.set(tx, saturdays, admin));

        assertThat(set).isEqualTo(new Versioned<>(saturdays, 2));
        assertThat(world.trail.getLast())
                .contains(
                        "calendar.changed",
                        "holidays 2027-01-26 Republic Day",
                        "saturday, 10:30 to 13:00; no holidays");
    }

    @Test
    void a_calendar_must_leave_time_to_work() {
        assertThat(codes(new CompanyCalendar(Set.of(), LocalTime.of(9, 0), LocalTime.of(18, 0), List.of())))
                .containsExactly("required days");
        assertThat(codes(new CompanyCalendar(
                        Set.of(DayOfWeek.MONDAY), LocalTime.of(18, 0), LocalTime.of(9, 0), List.of())))
                .containsExactly("out_of_range closes");
        List<Holiday> mondays = IntStream.range(0, 9)
                .mapToObj(week -> new Holiday(LocalDate.of(2027, 1, 4).plusWeeks(week), "Closed"))
                .toList();
        assertThat(codes(new CompanyCalendar(
                        Set.of(DayOfWeek.MONDAY), LocalTime.of(9, 0), LocalTime.of(18, 0), mondays)))
                .containsExactly("out_of_range holidays");
        assertThat(codes(calendar(
                        new Holiday(LocalDate.of(2027, 1, 26), "Republic Day"),
                        new Holiday(LocalDate.of(2027, 1, 26), "Again"),
                        new Holiday(LocalDate.of(1999, 1, 1), " "))))
                .containsExactlyInAnyOrder("duplicate holidays", "out_of_range holidays", "out_of_range holidays");
    }

    @Test
    void roles_are_taken_and_given_and_the_directory_knows_at_once() {
        Member meera = world.member("finance.head");

        Changed changed = world.run(
                tx -> membership.change(tx, meera.id(), Optional.empty(), Optional.of(Set.of(Permissions.CFO)), admin));

        assertThat(changed)
                .isInstanceOfSatisfying(
                        Changed.Done.class,
                        done -> assertThat(done.member().roles()).containsExactly(Permissions.CFO));
        assertThat(world.<List<Member>>run(tx -> world.erp.directory().holders(tx, Permissions.FINANCE_HEAD)))
                .isEmpty();
        assertThat(world.trail)
                .containsExactly("Asha Admin member.roles_changed active: Finance Head active: CFO: Meera Finance");
    }

    @Test
    void a_member_who_is_switched_off_holds_nothing_any_more() {
        Member meera = world.member("finance.head");

        world.run(tx -> membership.change(tx, meera.id(), Optional.of(false), Optional.empty(), admin));

        assertThat(world.<Set<String>>run(tx -> world.erp
                        .members()
                        .permissions(world.erp.members().find(tx, meera.id()).orElseThrow())))
                .isEmpty();
        assertThat(world.<List<Member>>run(tx -> world.erp.directory().holders(tx, Permissions.FINANCE_HEAD)))
                .isEmpty();
    }

    @Test
    void nobody_changes_their_own_membership_and_somebody_stays_administrator() {
        Member asha = world.member("admin");
        Actor meera = Actor.user(world.member("finance.head"));

        assertThat(world.<Changed>run(tx -> membership.change(
                        tx, asha.id(), Optional.empty(), Optional.of(Set.of(Permissions.CFO)), admin)))
                .isEqualTo(new Changed.Own());
        assertThat(world.<Changed>run(
                        tx -> membership.change(tx, asha.id(), Optional.of(false), Optional.empty(), meera)))
                .isEqualTo(new Changed.LastAdmin());
        assertThat(world.<Changed>run(tx ->
                        membership.change(tx, asha.id(), Optional.empty(), Optional.of(Set.of("Emperor")), meera)))
                .isEqualTo(new Changed.UnknownRoles(Set.of("Emperor")));
        assertThat(world.<Changed>run(tx -> membership.change(
                        tx, new World().member("admin").id(), Optional.of(false), Optional.empty(), admin)))
                .isEqualTo(new Changed.NotFound());
        assertThat(world.trail).isEmpty();
    }

    @Test
    void a_tolerance_is_read_as_it_was_written() {
        world.run(tx -> policies.set(tx, read("{\"change_tolerance\": 1.50}"), admin));

        assertThat(world.<BigDecimal>run(
                        tx -> world.erp.directory().policies(tx).changeTolerance()))
                .isEqualByComparingTo("1.5");
    }

    private static CompanyCalendar calendar(Holiday... holidays) {
        return new CompanyCalendar(
                CompanyCalendar.USUAL.days(),
                CompanyCalendar.USUAL.opens(),
                CompanyCalendar.USUAL.closes(),
                List.of(holidays));
    }

    private static List<String> codes(CompanyCalendar calendar) {
        return calendar.problems().stream()
                .map(problem -> problem.code() + " " + problem.path())
                .toList();
    }

    private static Policies read(String json) {
        return ((Policies.Read.Good) Policies.of(Json.read(json))).policies();
    }
}
