package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Member;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.Submission.Routing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders are changed until they are locked, sent back, and submitted again; approvers see them on a card. */
class OrderRevisionTest {
    private final World world = new World();
    private final Actor requester = world.requester();

    @Test
    void a_draft_is_changed_as_a_whole_but_for_its_number_and_its_requester() {
        PurchaseOrder draft = world.draft();

        Revision revision = revise(draft.id(), World.order("S2", "FREIGHT", "3", "1000"));

        PurchaseOrder now = world.get(draft.id());
        assertThat(revision).isEqualTo(new Revision.Revised(now));
        assertThat(now.number()).isEqualTo(draft.number());
        assertThat(now.requester()).isEqualTo(draft.requester());
        assertThat(now.header().supplierCode()).isEqualTo("S2");
        assertThat(now.header().total()).isEqualByComparingTo("3540");
        assertThat(now.header().version()).isEqualTo(draft.header().version() + 1);
        assertThat(now.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.itemCode()).isEqualTo("FREIGHT"));
        assertThat(world.trail.getLast())
                .contains("purchase_order.revised", "₹29,500.00", "Supplier S2, 1 line, ₹3,540.00");
    }

    @Test
    void of_an_order_that_waits_the_engine_hears_with_the_order_as_it_is_now() {
        PurchaseOrder pending = world.pending();

        revise(pending.id(), World.order("S1", "BOLT", "200", "250"));

        assertThat(world.documents.told).containsExactly("changed purchase_order by Ravi Requester");
        assertThat(world.get(pending.id()).status()).isEqualTo(Status.PENDING_APPROVAL);
        assertThat(world.events.names()).containsExactly("purchase_order.created");
    }

    @Test
    void what_is_wrong_changes_nothing() {
        PurchaseOrder pending = world.pending();

        assertThat(revise(pending.id(), World.order("S9", "BOLT", "0", "250")))
                .isInstanceOfSatisfying(
                        Revision.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(InputProblem::code)
                                .containsExactlyInAnyOrder("supplier_unknown", "out_of_range"));
        assertThat(world.get(pending.id())).isEqualTo(pending);
        assertThat(world.documents.told).isEmpty();
    }

    @Test
    void a_locked_or_cancelled_order_and_that_of_another_company_are_not_changed() {
        PurchaseOrder locked = world.locked();
        PurchaseOrder cancelled = world.pending();
        world.run(tx -> world.orders.cancel(tx, cancelled.id(), "no need", requester));
        World other = new World();
        PurchaseOrder theirs = other.pending();

        assertThat(revise(locked.id(), World.order("S1", "BOLT", "1", "1")))
                .isEqualTo(new Revision.WrongState(locked.id(), Status.APPROVED));
        assertThat(revise(cancelled.id(), World.order("S1", "BOLT", "1", "1")))
                .isEqualTo(new Revision.WrongState(cancelled.id(), Status.CANCELLED));
        assertThat(revise(theirs.id(), World.order("S1", "BOLT", "1", "1")))
                .isEqualTo(new Revision.NotFound(theirs.id()));
        assertThat(other.get(theirs.id())).isEqualTo(theirs);
        assertThat(world.<Optional<EntityCard>>run(tx -> world.erp.directory().card(tx, "purchase_order", theirs.id())))
                .isEmpty();
    }

    @Test
    void an_order_that_was_sent_back_is_the_requesters_to_change_and_submit_again() {
        PurchaseOrder pending = world.pending();
        sendBack(pending.id(), "Ask for a better price");

        assertThat(world.get(pending.id()).status()).isEqualTo(Status.RETURNED);
        assertThat(world.trail.getLast())
                .contains("purchase_order.returned pending_approval returned: Ask for a better price");
        assertThat(tasks()).singleElement().satisfies(task -> {
            assertThat(task.title()).contains(pending.number(), "was sent back");
            assertThat(task.description()).contains("Ask for a better price");
        });
        assertThat(world.approve(pending.id())).isInstanceOf(Locking.WrongState.class);

        world.documents.waiting = 1;
        revise(pending.id(), World.order("S1", "BOLT", "100", "200"));
        Submission submission = world.run(tx -> world.orders.submit(tx, pending.id(), requester));

        assertThat(submission).isInstanceOfSatisfying(Submission.Submitted.class, submitted -> {
            assertThat(submitted.routing()).isEqualTo(new Routing.AskedAgain(1));
            assertThat(submitted.order().status()).isEqualTo(Status.PENDING_APPROVAL);
        });
        assertThat(world.documents.told).last().isEqualTo("resubmitted purchase_order by Ravi Requester");
        assertThat(world.events.names()).containsExactly("purchase_order.created");
        assertThat(tasks()).isEmpty();
    }

    @Test
    void where_nobody_waits_any_more_an_order_that_was_sent_back_begins_anew() {
        PurchaseOrder pending = world.pending();
        sendBack(pending.id(), "x");

        Submission submission = world.run(tx -> world.orders.submit(tx, pending.id(), requester));

        assertThat(submission)
                .isInstanceOfSatisfying(
                        Submission.Submitted.class,
                        submitted -> assertThat(submitted.routing()).isEqualTo(new Routing.Started(1)));
        assertThat(world.events.names()).containsExactly("purchase_order.created", "purchase_order.created");
    }

    @Test
    void an_order_that_was_sent_back_may_be_cancelled_and_its_task_goes() {
        PurchaseOrder pending = world.pending();
        sendBack(pending.id(), "x");

        Cancelling cancelling = world.run(tx -> world.orders.cancel(tx, pending.id(), "no need", requester));

        assertThat(cancelling).isInstanceOf(Cancelling.Cancelled.class);
        assertThat(tasks()).isEmpty();
    }

    @Test
    void an_order_that_does_not_wait_is_not_sent_back() {
        PurchaseOrder locked = world.locked();

        sendBack(locked.id(), "too late");

        assertThat(world.get(locked.id())).isEqualTo(locked);
        assertThat(tasks()).isEmpty();
    }

    @Test
    void a_card_shows_the_order_its_last_prices_and_what_was_ordered_this_year() {
        PurchaseOrder earlier = world.locked();
        PurchaseOrder pending = world.pending();

        EntityCard card = card(pending.id());

        assertThat(card.label()).isEqualTo(pending.number() + " Supplier S1");
        JsonNode document = card.document();
        assertThat(document.path("entity_type").asString()).isEqualTo("purchase_order");
        assertThat(document.path("number").asString()).isEqualTo(pending.number());
        assertThat(document.path("party").asString()).isEqualTo("Supplier S1");
        assertThat(document.path("total").asString()).isEqualTo("29500.00");
        assertThat(document.path("amount_base").asString()).isEqualTo("29500.00");
        assertThat(document.at("/lines/0/quantity").asString()).isEqualTo("100");
        assertThat(facts(card))
                .hasSize(2)
                .anySatisfy(fact -> assertThat(fact)
                        .startsWith("Last price of BOLT: ₹250.00 on ")
                        .endsWith(", " + earlier.number()))
                .anySatisfy(fact -> assertThat(fact)
                        .startsWith("Approved orders to Supplier S1 in ")
                        .endsWith(": ₹29,500.00"));
    }

    @Test
    void a_card_shows_twenty_lines_and_all_that_matters_of_every_line() {
        List<NewOrder.Line> lines = IntStream.rangeClosed(1, 25)
                .mapToObj(
                        n -> NewOrder.Line.of("BOLT", new BigDecimal(n), new BigDecimal("10.50"), new BigDecimal("18")))
                .toList();
        PurchaseOrder order =
                World.created(world.run(tx -> world.orders.create(tx, NewOrder.of("S1", lines), requester)));

        EntityCard card = card(order.id());

        assertThat(card.document().path("lines").size()).isEqualTo(20);
        assertThat(facts(card)).contains("Lines: 25, of which the first 20 are shown");
        assertThat(card.material().path("lines").size()).isEqualTo(25);
        assertThat(Json.write(card.material().at("/lines/24"))).isEqualTo("""
                        {"line_no":25,"item":"BOLT","quantity":"25","unit_price":"10.50","gst_rate":"18"}""");
        assertThat(card.material().propertyNames())
                .containsExactlyInAnyOrder("supplier", "currency", "rate", "total", "lines");
    }

    @Test
    void saving_the_same_again_leaves_what_matters_as_it_was() {
        PurchaseOrder pending = world.pending();
        EntityCard before = card(pending.id());

        revise(pending.id(), World.order("S1", "BOLT", "100.000", "250.0"));

        assertThat(card(pending.id()).material()).isEqualTo(before.material());
    }

    private Revision revise(UUID id, NewOrder order) {
        return world.run(tx -> world.orders.revise(tx, id, order, requester));
    }

    private void sendBack(UUID id, String comment) {
        world.run(tx -> {
            world.erp.directory().sentBack(tx, "purchase_order", id, Optional.empty(), comment);
            return 0;
        });
    }

    private EntityCard card(UUID id) {
        return world.run(tx -> world.erp.directory().card(tx, "purchase_order", id))
                .orElseThrow();
    }

    private static List<String> facts(EntityCard card) {
        return card.document()
                .path("facts")
                .valueStream()
                .map(fact -> fact.path("label").asString() + ": "
                        + fact.path("value").asString())
                .toList();
    }

    private List<Task> tasks() {
        Member ravi = world.member("requester");
        return world.run(tx -> world.erp.inbox().tasks(tx, ravi, Optional.empty(), 10));
    }
}
