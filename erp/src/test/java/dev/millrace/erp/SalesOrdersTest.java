package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Published;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.Submission.Routing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sales orders from the draft to the one who decides on them. */
class SalesOrdersTest {
    private final SalesDesk desk = new SalesDesk();
    private final World world = desk.world;

    private static NewSalesOrder.Line line(
            String item, String quantity, Optional<String> price, Optional<String> discount) {
        return new NewSalesOrder.Line(
                Optional.empty(),
                Optional.of(item),
                Optional.empty(),
                Optional.of(new BigDecimal(quantity)),
                price.map(BigDecimal::new),
                discount.map(BigDecimal::new),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_draft_is_numbered_priced_and_nobody_is_told() {
        SalesOrder draft = desk.draft(NewSalesOrder.of(
                "LOCAL",
                List.of(
                        line("BOLT", "7", Optional.of("15.35"), Optional.of("12.5")),
                        line("BOLT", "2", Optional.empty(), Optional.empty()))));

        SalesOrder.Header header = draft.header();
        assertThat(header.number()).matches("SO/[0-9]{4}-[0-9]{2}/00001");
        assertThat(header.status()).isEqualTo(Status.DRAFT);
        // 107.45 less 13.43 is 94.02, taxed 8.46 twice; 40.00 is taxed 3.60 twice.
        assertThat(header.net()).isEqualTo("134.02");
        assertThat(header.tax()).isEqualTo("24.12");
        assertThat(header.total()).isEqualTo("158.14");
        assertThat(header.amountBase()).isEqualTo("158.14");
        assertThat(header.discountPercent()).isEqualByComparingTo("12.5");
        // Nine bolts cost 45.
        assertThat(header.marginPercent()).contains(new BigDecimal("66.42"));
        assertThat(draft.lines().getLast().unitPrice()).isEqualTo("20.00");
        assertThat(draft.lines().getFirst().warehouseId()).contains(desk.stores.main.id());
        assertThat(world.events.published).isEmpty();
        assertThat(world.trail).singleElement().asString().contains("Ravi Requester sales_order.drafted - draft");
    }

    @Test
    void what_is_owed_on_an_order_is_what_its_invoice_will_say_in_every_state() {
        for (String customer : List.of("LOCAL", "FAR", "ZONE", "ABROAD")) {
            SalesOrder order = desk.delivered(SalesDesk.order(customer, "1", "15.35"));

            InvoiceMade made = world.run(tx -> desk.shop.invoices.makeOfOrder(tx, order.id(), desk.seller));

            SalesInvoice.Amounts amounts = ((InvoiceMade.Done) made).invoice().amounts();
            assertThat(amounts.total().subtract(amounts.roundOff()))
                    .as(customer)
                    .isEqualTo(order.header().total());
        }
    }

    @Test
    void an_order_with_an_item_that_nobody_knows_the_cost_of_has_no_margin() {
        world.sql(
                "update items set standard_cost = 0 where tenant_id = :tenant and id = :id",
                desk.stores.item("FREIGHT").id());

        SalesOrder draft = desk.draft(
                NewSalesOrder.of("LOCAL", List.of(line("FREIGHT", "1", Optional.of("100"), Optional.empty()))));

        assertThat(draft.header().marginPercent()).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_no_number_is_taken() {
        var wrong = new NewSalesOrder(
                Optional.empty(),
                Optional.of("NOBODY"),
                Optional.of("EUR"),
                Optional.of(" "),
                Optional.empty(),
                List.of(
                        line("BOLT", "0", Optional.of("-1"), Optional.of("100.1")),
                        line("FREIGHT", "1", Optional.empty(), Optional.empty()),
                        line("NOTHING", "1", Optional.of("1"), Optional.empty())));

        SalesCreation creation = world.run(tx -> desk.orders.create(tx, wrong, desk.seller));

        assertThat(creation)
                .asInstanceOf(type(SalesCreation.Refused.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.code() + " " + problem.path())
                        .containsExactly(
                                "customer_unknown customer_code",
                                "currency_unknown currency",
                                "out_of_range customer_ref",
                                "out_of_range lines[0].quantity",
                                "out_of_range lines[0].unit_price",
                                "out_of_range lines[0].discount_percent",
                                "price_missing lines[1].unit_price",
                                "item_unknown lines[2].item_code"));
        assertThat(world.<SalesCreation>run(tx -> desk.orders.create(tx, SalesDesk.order("LOCAL", "1"), Actor.SYSTEM)))
                .isInstanceOf(SalesCreation.Refused.class);
        assertThat(desk.draft(SalesDesk.order("LOCAL", "1")).number()).endsWith("/00001");
    }

    @Test
    void submitting_tells_what_the_customer_would_owe() {
        desk.confirmed(SalesDesk.order("LOCAL", "10"));
        desk.limit("LOCAL", "300");
        world.events.published.clear();

        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "5"));

        assertThat(pending.status()).isEqualTo(Status.PENDING_APPROVAL);
        NewEvent event = world.events.published.getLast();
        assertThat(event.name()).isEqualTo("sales_order.created");
        assertThat(event.payload().get("credit_exposure").decimalValue()).isEqualByComparingTo("354");
        assertThat(event.payload().get("over_limit_by").decimalValue()).isEqualByComparingTo("54");
        assertThat(event.payload().get("margin_percent").decimalValue()).isEqualByComparingTo("75");
        assertThat(event.payload().get("sales_person").asString()).isEqualTo("Ravi Requester");
        assertThat(event.payload().get("status").asString()).isEqualTo("pending_approval");
    }

    @Test
    void an_order_that_nobody_decides_on_waits_and_admin_is_told() {
        SalesSubmission.Submitted submitted = submit(World.NOBODY, SalesDesk.order("LOCAL", "10"));

        assertThat(submitted.routing())
                .isEqualTo(new Routing.Held("no enabled workflow begins with sales_order.created"));
        assertThat(submitted.order().status()).isEqualTo(Status.PENDING_APPROVAL);
        var admin = world.member("admin");
        assertThat(world.<List<Task>>run(tx -> world.erp.inbox().tasks(tx, admin, Optional.empty(), 10)))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.entityId()).contains(submitted.order().id());
                    assertThat(task.description().orElseThrow())
                            .contains("of Customer LOCAL is submitted, but no enabled workflow");
                });
    }

    @Test
    void an_order_that_every_definition_declined_is_confirmed_by_their_rule() {
        SalesSubmission.Submitted submitted = submit(World.declined(false, ""), SalesDesk.order("LOCAL", "10"));

        assertThat(submitted.routing()).isInstanceOf(Routing.Approved.class);
        assertThat(submitted.order().status()).isEqualTo(Status.CONFIRMED);
        assertThat(submitted.order().header().confirmedBy()).contains("rule of big-orders v3");
        assertThat(desk.level().reserved()).isEqualByComparingTo("10");
        assertThat(world.events.names()).containsExactly("sales_order.created", "sales_order.confirmed");
        assertThat(world.trail)
                .anyMatch(
                        entry -> entry.startsWith(
                                "Millrace sales_order.confirmed pending_approval confirmed: confirmed by rule of big-orders v3"));
    }

    @Test
    void no_rule_and_no_setting_takes_a_customer_over_the_limit_or_promises_what_is_not_there() {
        world.run(tx -> {
            world.orders.setUnrouted(tx, Company.Unrouted.APPROVE, desk.seller);
            return 0;
        });
        desk.limit("LOCAL", "100");
        desk.hold("FAR", true);

        assertHeld(submit(World.declined(false, ""), SalesDesk.order("LOCAL", "10")), "over the limit of ₹100.00");
        assertHeld(submit(World.NOBODY, SalesDesk.order("LOCAL", "10")), "over the limit of ₹100.00");
        assertHeld(submit(World.NOBODY, SalesDesk.order("FAR", "10")), "is on credit hold");
        assertHeld(submit(World.NOBODY, SalesDesk.order("WALKIN", "101")), "only 100 are free");
        assertThat(submit(World.NOBODY, SalesDesk.order("WALKIN", "100"))
                        .order()
                        .status())
                .isEqualTo(Status.CONFIRMED);
        assertThat(world.count("tasks")).isEqualTo(4);
    }

    private static void assertHeld(SalesSubmission.Submitted submitted, String reason) {
        assertThat(submitted.order().status()).isEqualTo(Status.PENDING_APPROVAL);
        assertThat(submitted.routing())
                .asInstanceOf(type(Routing.Held.class))
                .satisfies(held -> assertThat(held.reason()).contains(reason));
    }

    private SalesSubmission.Submitted submit(Published answer, NewSalesOrder wanted) {
        SalesOrder draft = desk.draft(wanted);
        world.events.answer = answer;
        SalesSubmission submission = world.run(tx -> desk.orders.submit(tx, draft.id(), desk.seller));
        return (SalesSubmission.Submitted) submission;
    }

    @Test
    void a_submitted_order_that_is_changed_is_told_with_what_changed() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));
        world.events.published.clear();

        SalesRevision revision = revise(pending.id(), SalesDesk.order("FAR", "10", "30"));

        assertThat(revision).isEqualTo(new SalesRevision.Revised(desk.get(pending.id())));
        assertThat(desk.get(pending.id()).number()).isEqualTo(pending.number());
        assertThat(world.documents.told).containsExactly("changed sales_order by Ravi Requester");
        NewEvent event = world.events.published.getFirst();
        assertThat(event.name()).isEqualTo("sales_order.changed");
        assertThat(event.payload().get("changed_fields").valueStream().map(node -> node.asString()))
                .contains("customer_id", "customer_name", "total_amount", "margin_percent", "lines")
                .doesNotContain("order_number", "status", "discount_percent");
    }

    @Test
    void a_draft_that_is_changed_is_nobodys_business_and_what_is_wrong_changes_nothing() {
        SalesOrder draft = desk.draft(SalesDesk.order("LOCAL", "10"));

        revise(draft.id(), SalesDesk.order("LOCAL", "11"));
        SalesOrder now = desk.get(draft.id());
        assertThat(revise(draft.id(), SalesDesk.order("NOBODY", "0"))).isInstanceOf(SalesRevision.Refused.class);

        assertThat(desk.get(draft.id())).isEqualTo(now);
        assertThat(world.events.published).isEmpty();
        assertThat(revise(new UUID(1, 1), SalesDesk.order("LOCAL", "1")))
                .isEqualTo(new SalesRevision.NotFound(new UUID(1, 1)));
    }

    @Test
    void a_confirmed_order_is_not_changed_or_submitted_also_while_it_is_on_hold() {
        SalesOrder confirmed = desk.confirmed(SalesDesk.order("LOCAL", "10"));

        assertThat(revise(confirmed.id(), SalesDesk.order("LOCAL", "1"))).isInstanceOf(SalesRevision.WrongState.class);
        world.run(tx -> desk.orders.putOnHold(tx, confirmed.id(), "x", desk.seller));
        assertThat(revise(confirmed.id(), SalesDesk.order("LOCAL", "1"))).isInstanceOf(SalesRevision.WrongState.class);
        assertThat(world.<SalesSubmission>run(tx -> desk.orders.submit(tx, confirmed.id(), desk.seller)))
                .isInstanceOf(SalesSubmission.WrongState.class);
    }

    @Test
    void an_order_that_was_refused_and_put_on_hold_is_changed_and_submitted_again() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));
        world.run(tx -> desk.orders.putOnHold(tx, pending.id(), "too cheap", desk.seller));

        revise(pending.id(), SalesDesk.order("LOCAL", "10", "25"));
        SalesSubmission again = world.run(tx -> desk.orders.submit(tx, pending.id(), desk.seller));

        assertThat(again).asInstanceOf(type(SalesSubmission.Submitted.class)).satisfies(submitted -> {
            assertThat(submitted.order().status()).isEqualTo(Status.PENDING_APPROVAL);
            assertThat(submitted.order().header().holdReason()).isEmpty();
        });
    }

    @Test
    void an_order_that_was_sent_back_is_the_sellers_to_change_and_submit_again() {
        SalesOrder pending = desk.pending(SalesDesk.order("LOCAL", "10"));
        world.run(tx -> {
            world.erp.directory().sentBack(tx, "sales_order", pending.id(), Optional.empty(), "less discount");
            return 0;
        });
        assertThat(desk.get(pending.id()).status()).isEqualTo(Status.RETURNED);
        assertThat(world.trail.getLast()).contains("sales_order.returned pending_approval returned: less discount");
        assertThat(desk.confirm(pending.id())).isInstanceOf(Confirming.WrongState.class);

        world.documents.waiting = 1;
        SalesSubmission again = world.run(tx -> desk.orders.submit(tx, pending.id(), desk.seller));

        assertThat(again)
                .asInstanceOf(type(SalesSubmission.Submitted.class))
                .satisfies(submitted -> assertThat(submitted.routing()).isEqualTo(new Routing.AskedAgain(1)));
        assertThat(world.count("tasks")).isEqualTo(1);
        assertThat(world.<List<Task>>run(
                        tx -> world.erp.inbox().tasks(tx, world.member("requester"), Optional.empty(), 10)))
                .isEmpty();
    }

    @Test
    void an_approver_sees_what_matters_and_what_helps_to_decide() {
        SalesOrder earlier = desk.confirmed(SalesDesk.order("LOCAL", "10", "18"));
        SalesOrder pending = desk.pending(
                NewSalesOrder.of("LOCAL", List.of(line("BOLT", "5", Optional.of("20"), Optional.of("10")))));

        EntityCard card = world.run(tx -> world.erp.directory().card(tx, "sales_order", pending.id()))
                .orElseThrow();

        assertThat(card.label()).isEqualTo(pending.number() + " Customer LOCAL");
        assertThat(card.material().toString()).isEqualTo("""
                        {"customer":"LOCAL","currency":"INR","total":"106.20","lines":[{"line_no":1,"item":"BOLT","quantity":"5","unit_price":"20.00","discount_percent":"10","gst_rate":"18"}]}""");
        assertThat(card.document()
                        .path("facts")
                        .valueStream()
                        .map(fact -> fact.path("label").asString() + ": "
                                + fact.path("value").asString()))
                .anyMatch(fact -> fact.equals("Highest discount: 10 %"))
                .anyMatch(fact -> fact.equals("Margin: 72.22 %"))
                .anyMatch(fact -> fact.startsWith("Last price of BOLT for Customer LOCAL: ₹18.00 on ")
                        && fact.endsWith(earlier.number()))
                .anyMatch(fact -> fact.equals("Owed and ordered by Customer LOCAL: ₹212.40 of ₹10,00,000.00"));
    }

    @Test
    void lists_are_by_state_customer_and_seller() {
        SalesOrder draft = desk.draft(SalesDesk.order("LOCAL", "1"));
        SalesOrder pending = desk.pending(SalesDesk.order("FAR", "1"));

        assertThat(list(Optional.empty(), Optional.empty(), Optional.empty()))
                .containsExactly(pending.id(), draft.id());
        assertThat(list(Optional.of(Status.DRAFT), Optional.empty(), Optional.empty()))
                .containsExactly(draft.id());
        assertThat(list(Optional.empty(), Optional.of(pending.header().customerId()), Optional.empty()))
                .containsExactly(pending.id());
        assertThat(list(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(world.member("admin").id())))
                .isEmpty();
    }

    private List<UUID> list(Optional<Status> status, Optional<UUID> customer, Optional<UUID> seller) {
        return world.run(tx -> desk.orders.list(tx, status, customer, seller, Optional.empty(), 10)).stream()
                .map(listed -> listed.header().id())
                .toList();
    }

    private SalesRevision revise(UUID order, NewSalesOrder wanted) {
        return world.run(tx -> desk.orders.revise(tx, order, wanted, desk.seller));
    }
}
