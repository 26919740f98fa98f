package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.PriceChange.Status;
import dev.millrace.erp.pricing.ApplyPriceChange;
import dev.millrace.erp.pricing.ApplyPriceChange.Decision;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceChangesTest {
    private final SalesDesk desk = new SalesDesk();
    private final World world = desk.world;
    private final Step step = new Step(world);
    private final LocalDate today = world.run(
            tx -> LocalDate.ofInstant(tx.now(), world.erp.directory().tenant(tx).timeZone()));

    @Test
    void asking_for_a_price_tells_what_would_be_left_of_it_and_changes_nothing() {
        PriceChange change = requested("25", today);

        assertThat(change.oldPrice()).isEqualTo("20.00");
        assertThat(change.changePercent()).isEqualByComparingTo("25");
        assertThat(change.marginPercent()).contains(new BigDecimal("80.00"));
        NewEvent event = world.events.published.getLast();
        assertThat(event.name()).isEqualTo("price_change.requested");
        assertThat(event.payload().get("margin_percent_after").decimalValue()).isEqualByComparingTo("80");
        assertThat(event.payload().get("item_code").asString()).isEqualTo("BOLT");
        assertThat(price()).contains(new BigDecimal("20.00"));
        assertThat(world.trail)
                .anyMatch(entry -> entry.contains("price_change.requested 20.00 25.00: BOLT from " + today));
        assertThat(world.run(tx -> world.erp.directory().card(tx, "price_change", change.id()))
                        .orElseThrow()
                        .material()
                        .toString())
                .isEqualTo("{\"item\":\"BOLT\",\"old_price\":\"20.00\",\"new_price\":\"25.00\",\"effective_date\":\""
                        + today + "\"}");
    }

    @Test
    void what_makes_no_sense_is_said_at_once() {
        assertThat(problems(new NewPriceChange(
                        Optional.empty(),
                        Optional.of("NOTHING"),
                        new BigDecimal("0"),
                        Optional.of(today.minusDays(1)),
                        Optional.of(" "))))
                .containsExactly("item_unknown", "out_of_range", "out_of_range", "out_of_range");
        assertThat(problems(wanted("20.000", today))).containsExactly("unchanged");
        assertThat(world.<PriceRequest>run(tx -> desk.prices.request(tx, wanted("21", today), Actor.SYSTEM)))
                .isInstanceOf(PriceRequest.Refused.class);
        assertThat(world.count("price_changes")).isZero();
        assertThat(world.events.published).isEmpty();
    }

    private List<String> problems(NewPriceChange change) {
        PriceRequest request = world.run(tx -> desk.prices.request(tx, change, desk.seller));
        return ((PriceRequest.Refused) request)
                .problems().stream().map(InputProblem::code).toList();
    }

    @Test
    void an_applied_price_of_today_counts_at_once_and_is_applied_once() {
        PriceChange change = requested("25", today);

        assertThat(decide(change, Decision.APPLY)).isEqualTo(new ApplyPriceChange.Output(Status.APPLIED, true));
        assertThat(decide(change, Decision.APPLY)).isEqualTo(new ApplyPriceChange.Output(Status.APPLIED, false));

        assertThat(price()).contains(new BigDecimal("25.00"));
        assertThat(get(change).inForceAt()).isPresent();
        assertThat(get(change).decidedBy()).contains("purchase-order-approval v3");
        assertThat(step.told)
                .containsExactly(
                        "journal price_change.applied requested applied: BOLT, 25.00 from " + today + ": because");
    }

    @Test
    void a_price_of_a_day_to_come_counts_from_that_day_on_for_orders_and_for_who_looks() {
        PriceChange change = requested("25", today.plusDays(3));
        decide(change, Decision.APPLY);
        assertThat(price()).contains(new BigDecimal("20.00"));
        assertThat(ordered()).isEqualTo("20.00");

        dayComes(change);

        assertThat(ordered()).isEqualTo("25.00");
        assertThat(price()).contains(new BigDecimal("25.00"));
        assertThat(world.<Integer>run(tx -> desk.prices.takeEffect(tx))).isZero();
    }

    @Test
    void of_several_the_price_of_the_latest_day_counts_in_whatever_order_they_were_applied() {
        PriceChange later = requested("30", today.plusDays(2));
        PriceChange earlier = requested("25", today.plusDays(1));
        decide(later, Decision.APPLY);
        dayComes(later);
        assertThat(world.<Integer>run(tx -> desk.prices.takeEffect(tx))).isEqualTo(1);
        assertThat(price()).contains(new BigDecimal("30.00"));

        asOwner("update price_changes set effective_date = date '2001-01-01' where id = '" + earlier.id() + "'");
        decide(earlier, Decision.APPLY);

        assertThat(price()).contains(new BigDecimal("30.00"));
        assertThat(get(earlier).inForceAt()).isPresent();
    }

    /** Prices are sales' own: the books are another module. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_day_that_begins_puts_in_force_what_was_to_come(boolean finance) {
        world.run(tx -> {
            world.erp.modules(world.trail()).set(tx, "finance", finance, Actor.SYSTEM);
            return 0;
        });
        PriceChange change = requested("25", today.plusDays(3));
        decide(change, Decision.APPLY);
        dayComes(change);
        world.run(tx -> tx.handle()
                .createUpdate(
                        "update company_days set next_day = :day, due_at = '2020-01-01T00:00:00Z' where tenant_id = :tenant")
                .bind("day", today)
                .bind("tenant", world.tenant)
                .execute());

        assertThat(world.erp.days(world.events, world.trail()).runOnce(world.tenant))
                .contains(today);

        assertThat(get(change).inForceAt()).isPresent();
        assertThat(price()).contains(new BigDecimal("25.00"));
    }

    /** Days do not pass in a test: what was to come is made to have come, as the owner of the tables. */
    private void dayComes(PriceChange change) {
        asOwner("update price_changes set effective_date = date '2002-01-01' where id = '" + change.id() + "'");
    }

    private void asOwner(String statement) {
        try (var connection = World.MIGRATED.shared().owner().getConnection();
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local millrace.tenant = '" + world.tenant + "'");
            sql.execute("alter table price_changes disable trigger guarded");
            sql.execute(statement);
            sql.execute("alter table price_changes enable trigger guarded");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_refused_price_is_never_applied_nor_an_applied_one_refused() {
        PriceChange refused = requested("25", today);
        PriceChange applied = requested("26", today);

        assertThat(decide(refused, Decision.REFUSE)).isEqualTo(new ApplyPriceChange.Output(Status.REFUSED, true));
        assertThat(decide(refused, Decision.REFUSE)).isEqualTo(new ApplyPriceChange.Output(Status.REFUSED, false));
        assertThat(price()).contains(new BigDecimal("20.00"));
        assertThat(get(refused).decideReason()).contains("because");
        decide(applied, Decision.APPLY);

        assertThat(code(refused, Decision.APPLY)).isEqualTo("wrong_state");
        assertThat(code(applied, Decision.REFUSE)).isEqualTo("wrong_state");
        assertThat(catchThrowableOfType(ActionFailure.class, () -> decide(new UUID(1, 1), Decision.APPLY))
                        .code())
                .isEqualTo("not_found");
    }

    @Test
    void what_a_step_applied_goes_when_its_commit_fails() {
        PriceChange change = requested("25", today);

        assertThatThrownBy(() -> world.run(tx -> {
                    step.action(ApplyPriceChange.class)
                            .run(tx, step, new ApplyPriceChange.Config(change.id(), Decision.APPLY, Optional.empty()));
                    throw new IllegalStateException("later");
                }))
                .hasMessage("later");

        assertThat(get(change)).isEqualTo(change);
        assertThat(price()).contains(new BigDecimal("20.00"));
    }

    @Test
    void an_item_that_was_not_sold_gets_its_first_price() {
        world.sql("update items set sales_price = null where tenant_id = :tenant and id = :id", desk.bolts.item());

        PriceChange change = requested("25", today);

        assertThat(change.oldPrice()).isEqualByComparingTo("0");
        assertThat(change.changePercent()).isEqualByComparingTo("100");
        ByHand<PriceDecision> byHand = world.run(tx -> desk.prices.approve(tx, change.id(), desk.stores.keeper));
        assertThat(World.outcome(byHand))
                .asInstanceOf(type(PriceDecision.Decided.class))
                .satisfies(decided -> assertThat(decided.changed()).isTrue());
        assertThat(price()).contains(new BigDecimal("25.00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update price_changes set new_price = 1 where tenant_id = :tenant and id = :id",
                "update price_changes set status = 'requested' where tenant_id = :tenant and id = :id",
                "update price_changes set status = 'refused' where tenant_id = :tenant and id = :id",
                "update price_changes set decided_by = 'me' where tenant_id = :tenant and id = :id",
                "update price_changes set in_force_at = null where tenant_id = :tenant and id = :id",
                "delete from price_changes where tenant_id = :tenant and id = :id"
            })
    void no_statement_changes_what_was_decided(String statement) {
        PriceChange change = requested("25", today);
        decide(change, Decision.APPLY);
        PriceChange applied = get(change);

        assertThatThrownBy(() -> world.sql(statement, change.id())).isNotNull();

        assertThat(get(change)).isEqualTo(applied);
    }

    private NewPriceChange wanted(String price, LocalDate day) {
        return new NewPriceChange(
                Optional.empty(), Optional.of("BOLT"), new BigDecimal(price), Optional.of(day), Optional.empty());
    }

    private PriceChange requested(String price, LocalDate day) {
        PriceRequest request = world.run(tx -> desk.prices.request(tx, wanted(price, day), desk.seller));
        assertThat(request).isInstanceOf(PriceRequest.Requested.class);
        return ((PriceRequest.Requested) request).change();
    }

    private ApplyPriceChange.Output decide(PriceChange change, Decision decision) {
        return decide(change.id(), decision);
    }

    private ApplyPriceChange.Output decide(UUID change, Decision decision) {
        return world.run(tx -> step.action(ApplyPriceChange.class)
                .run(tx, step, new ApplyPriceChange.Config(change, decision, Optional.of("because"))));
    }

    private String code(PriceChange change, Decision decision) {
        return catchThrowableOfType(ActionFailure.class, () -> decide(change, decision))
                .code();
    }

    private PriceChange get(PriceChange change) {
        return world.run(tx -> desk.prices.get(tx, change.id())).orElseThrow();
    }

    private Optional<BigDecimal> price() {
        return desk.stores.item("BOLT").salesPrice();
    }

    /** At what a bolt is ordered where nobody says a price. */
    private String ordered() {
        SalesOrder draft = desk.draft(NewSalesOrder.of(
                "LOCAL",
                List.of(new NewSalesOrder.Line(
                        Optional.empty(),
                        Optional.of("BOLT"),
                        Optional.empty(),
                        Optional.of(BigDecimal.ONE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))));
        return draft.lines().getFirst().unitPrice().toPlainString();
    }
}
