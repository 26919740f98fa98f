package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.Actor;
import dev.millrace.erp.PurchaseOrder.Status;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private final World world = new World();

    @Test
    void a_new_order_is_a_draft_with_a_number_of_its_financial_year_and_its_amounts() {
        PurchaseOrder order = world.draft();

        assertThat(order.status()).isEqualTo(Status.DRAFT);
        assertThat(order.number()).matches("PO/20\\d\\d-\\d\\d/00001");
        assertThat(order.header().net()).isEqualTo("25000.00");
        assertThat(order.header().tax()).isEqualTo("4500.00");
        assertThat(order.header().total()).isEqualTo("29500.00");
        assertThat(order.header().amountBase()).isEqualTo("29500.00");
        assertThat(order.requester().name()).isEqualTo("Ravi Requester");
        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.description()).isEqualTo("Item BOLT");
            assertThat(line.matchMode()).isEqualTo("three_way");
            assertThat(line.receivedQty()).isEqualByComparingTo("0");
        });
        assertThat(world.events.names()).isEmpty();
    }

    @Test
    void within_a_state_each_half_of_the_tax_is_rounded_by_itself() {
        PurchaseOrder within = create(World.order("S1", "BOLT", "333", "15.35"));
        PurchaseOrder across = create(World.order("S2", "BOLT", "333", "15.35"));

        assertThat(within.header().tax()).isEqualTo("920.08");
        assertThat(across.header().tax()).isEqualTo("920.08");
        assertThat(create(World.order("S1", "BOLT", "1", "0.25")).header().tax())
                .isEqualTo("0.04");
        assertThat(create(World.order("S2", "BOLT", "1", "0.25")).header().tax())
                .isEqualTo("0.05");
    }

    @Test
    void an_order_in_another_currency_is_also_told_in_the_companys_own() {
        NewOrder euros = new NewOrder(
                Optional.empty(),
                Optional.of("S2"),
                Optional.of("EUR"),
                Optional.of(new BigDecimal("90.125")),
                Optional.of("IT"),
                Optional.of("CC-7"),
                Optional.empty(),
                World.order("S2", "FREIGHT", "2", "100").lines());

        PurchaseOrder order = create(euros);

        assertThat(order.header().total()).isEqualTo("236.00");
        assertThat(order.header().amountBase()).isEqualTo("21269.50");
        assertThat(order.header().category()).contains("IT");
        assertThat(order.lines().getFirst().matchMode()).isEqualTo("two_way");
    }

    @Test
    void everything_wrong_with_an_order_is_said_at_once_and_nothing_is_stored() {
        var lines = List.of(
                line("BOLT", "0", "1", "18"),
                line("NOPE", "1.2345", "-1", "101"),
                new NewOrder.Line(
                        Optional.empty(),
                        Optional.of("BOLT"),
                        Optional.of(" "),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new NewOrder.Line(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(BigDecimal.ONE),
                        Optional.of(new BigDecimal("1.1234567")),
                        Optional.empty()));
        var bad = new NewOrder(
                Optional.empty(),
                Optional.of("S9999"),
                Optional.of("XXX"),
                Optional.empty(),
                Optional.of("x".repeat(201)),
                Optional.empty(),
                Optional.empty(),
                lines);

        List<InputProblem> problems = refused(bad);

        assertThat(problems)
                .extracting(p -> p.path() + " " + p.code())
                .containsExactlyInAnyOrder(
                        "supplier_code supplier_unknown",
                        "currency currency_unknown",
                        "category out_of_range",
                        "lines[0].quantity out_of_range",
                        "lines[1].item_code item_unknown",
                        "lines[1].quantity too_many_decimals",
                        "lines[1].unit_price out_of_range",
                        "lines[1].gst_rate out_of_range",
                        "lines[2].description out_of_range",
                        "lines[2].quantity required",
                        "lines[2].unit_price required",
                        "lines[3].item_code exactly_one_of",
                        "lines[3].unit_price too_many_decimals");
        assertThat(problems.getFirst().message())
                .isEqualTo("Expected a supplier of this company at supplier_code but got 'S9999'");
        assertThat(world.count("purchase_orders")).isZero();
        assertThat(world.draft().number()).endsWith("/00001");
    }

    @Test
    void an_order_has_one_to_five_hundred_lines() {
        NewOrder.Line line = line("BOLT", "1", "1", "18");

        assertThat(refused(NewOrder.of("S1", List.of())))
                .extracting(InputProblem::code)
                .containsExactly("required");
        assertThat(refused(NewOrder.of("S1", Collections.nCopies(501, line))))
                .extracting(InputProblem::code)
                .containsExactly("too_many_lines");
        assertThat(create(NewOrder.of("S1", Collections.nCopies(500, line))).lines())
                .hasSize(500);
    }

    @Test
    void amounts_that_no_column_holds_are_refused() {
        assertThat(refused(World.order("S1", "BOLT", "1000000000", "1000000000000")))
                .extracting(p -> p.path() + " " + p.code())
                .containsExactly("lines[0].quantity out_of_range");
        assertThat(refused(World.order("S1", "BOLT", "1E+900", "1E-900")))
                .extracting(p -> p.path() + " " + p.code())
                .containsExactly("lines[0].quantity out_of_range", "lines[0].unit_price too_many_decimals");
    }

    @Test
    void nothing_is_ordered_from_a_blocked_supplier_and_no_draft_to_one_is_submitted() {
        PurchaseOrder draft = world.draft();
        Actor admin = Actor.user(world.member("admin"));
        world.run(tx -> world.erp
                .suppliers(world.events, world.documents, world.trail())
                .setStatus(tx, draft.header().supplierId(), Supplier.Status.BLOCKED, Optional.of("late"), admin));

        List<InputProblem> problems = refused(World.order("S1", "BOLT", "1", "1"));
        Submission submission = world.run(tx -> world.orders.submit(tx, draft.id(), world.requester()));

        assertThat(problems).extracting(InputProblem::code).containsExactly("supplier_blocked");
        assertThat(submission).isInstanceOf(Submission.SupplierRefused.class);
        assertThat(world.get(draft.id()).status()).isEqualTo(Status.DRAFT);
        assertThat(world.events.names()).isEmpty();
    }

    @Test
    void only_a_member_raises_an_order() {
        Creation creation = world.run(tx -> world.orders.create(tx, World.order("S1", "BOLT", "1", "1"), Actor.SYSTEM));

        assertThat(creation)
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(InputProblem::code)
                                .containsExactly("requester_unknown"));
    }

    @Test
    void submitting_emits_the_whole_order_once() {
        PurchaseOrder draft = world.draft();
        world.events.answer = World.STARTED_ONE;

        Submission first = world.run(tx -> world.orders.submit(tx, draft.id(), world.requester()));
        Submission second = world.run(tx -> world.orders.submit(tx, draft.id(), world.requester()));

        assertThat(first).isInstanceOf(Submission.Submitted.class);
        assertThat(second).isEqualTo(new Submission.WrongState(draft.id(), Status.PENDING_APPROVAL));
        assertThat(world.events.published).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("purchase_order.created");
            assertThat(event.actor().name()).isEqualTo("Ravi Requester");
            var payload = event.payload();
            assertThat(payload.get("id").asString()).isEqualTo(draft.id().toString());
            assertThat(payload.get("po_number").asString()).isEqualTo(draft.number());
            assertThat(payload.get("total_amount").decimalValue()).isEqualTo("29500.00");
            assertThat(payload.get("status").asString()).isEqualTo("pending_approval");
            assertThat(payload.get("supplier_is_new").asBoolean()).isTrue();
            assertThat(payload.get("supplier_phone").isNull()).isTrue();
            assertThat(payload.get("requested_by_email").asString()).isEqualTo("requester@test.example");
            assertThat(payload.get("lines").get(0).get("quantity").decimalValue())
                    .isEqualTo("100");
            assertThat(payload.get("created_at").asString()).matches(".*T.*\\.\\d{6}Z");
        });
        assertThat(world.trail)
                .anySatisfy(
                        entry -> assertThat(entry).startsWith("Ravi Requester purchase_order.submitted draft pending"));
    }

    @Test
    void a_supplier_is_new_until_an_order_went_there() {
        world.pending();
        PurchaseOrder second = world.pending();

        assertThat(second.status()).isEqualTo(Status.PENDING_APPROVAL);
        assertThat(world.events
                        .published
                        .getLast()
                        .payload()
                        .get("supplier_is_new")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_transaction_that_fails_leaves_nothing_not_even_a_number() {
        assertThatThrownBy(() -> world.run(tx -> {
                    PurchaseOrder order = World.created(
                            world.orders.create(tx, World.order("S1", "BOLT", "1", "1"), world.requester()));
                    world.orders.submit(tx, order.id(), world.requester());
                    throw new IllegalStateException("the lights went out");
                }))
                .hasMessage("the lights went out");

        assertThat(world.count("purchase_orders")).isZero();
        assertThat(world.count("purchase_order_lines")).isZero();
        assertThat(world.count("tasks")).isZero();
        assertThat(world.draft().number()).endsWith("/00001");
    }

    @Test
    void the_list_goes_from_the_newest_page_by_page() {
        List<UUID> made =
                List.of(world.draft().id(), world.draft().id(), world.draft().id());

        var first = world.run(tx -> world.orders.list(tx, Optional.empty(), Optional.empty(), Optional.empty(), 2));
        var second = world.run(tx -> world.orders.list(
                tx,
                Optional.of(Status.DRAFT),
                Optional.of(world.member("requester").id()),
                Optional.of(first.getLast().header().id()),
                2));

        assertThat(first).extracting(o -> o.header().id()).containsExactly(made.get(2), made.get(1));
        assertThat(second).extracting(o -> o.header().id()).containsExactly(made.get(0));
        assertThat(second.getFirst().requester().name()).isEqualTo("Ravi Requester");
    }

    private PurchaseOrder create(NewOrder order) {
        return World.created(world.run(tx -> world.orders.create(tx, order, world.requester())));
    }

    private List<InputProblem> refused(NewOrder order) {
        return switch (world.run(tx -> world.orders.create(tx, order, world.requester()))) {
            case Creation.Refused refused -> refused.problems();
            case Creation.Created created -> throw new AssertionError("created " + created.order());
        };
    }

    private static NewOrder.Line line(String item, String quantity, String price, String rate) {
        return NewOrder.Line.of(item, new BigDecimal(quantity), new BigDecimal(price), new BigDecimal(rate));
    }
}
