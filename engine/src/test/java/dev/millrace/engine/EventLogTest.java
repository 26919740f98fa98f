package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.EventLog.Filter;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.StoredEvent.Outcome;
import dev.millrace.engine.Timeline.Kind;
import dev.millrace.engine.Timeline.Moment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What came in, what it started and why it did not; started later; and all of it around one document. */
class EventLogTest {
    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();

    private static String large(String name) {
        return """
                workflow:
                  name: %s
                  trigger: { event: order.created, condition: trigger.amount > 500000 }
                  steps:
                    - { id: s1, action: trial.effect, config: { note: large } }
                """.formatted(name);
    }

    private StoredEvent only() {
        return list(Optional.empty()).getFirst();
    }

    private List<StoredEvent> list(Optional<Outcome> outcome) {
        var filter = new Filter(List.of("order.created"), Optional.empty(), Optional.empty(), outcome);
        return company.run(tx -> fixture.engine.eventLog().list(tx, filter, Optional.empty(), 50));
    }

    private int waiting(StoredDefinition definition) {
        return company.run(tx -> fixture.engine
                .eventLog()
                .waiting(tx, fixture.engine.definitions().compiled(definition)));
    }

    private StartedLater startLater(StoredEvent event) {
        return company.run(tx -> fixture.engine.eventLog().startLater(tx, event, Actor.user(company.meera)));
    }

    @Test
    void an_event_says_what_it_started_and_why_something_did_not_start() {
        company.publish(company.order("100"));
        company.enable(large("large"));
        company.publish(company.order("100"));
        company.start("600000");

        assertThat(list(Optional.empty()))
                .extracting(StoredEvent::outcome)
                .containsExactly(Outcome.STARTED, Outcome.DECLINED, Outcome.UNMATCHED);
        assertThat(list(Optional.of(Outcome.DECLINED))).singleElement().satisfies(event -> {
            assertThat(event.declined()).singleElement().satisfies(no -> {
                assertThat(no.reason()).isEqualTo("trigger.amount > 500000 is false");
                assertThat(no.values().path("trigger.amount").asString()).isEqualTo("100");
            });
            assertThat(event.entityType()).contains("order");
        });
    }

    @Test
    void a_stored_event_is_held_against_what_is_live_now_once_per_workflow() {
        company.publish(company.order("600000"));
        StoredEvent event = only();
        StartedLater nothing = startLater(event);
        int waiting = waiting(company.enable(large("large")));
        company.enable(large("never").replace("> 500000", "> 900000"));

        int would = company.run(tx -> fixture.engine.eventLog().wouldStart(tx, event));
        StartedLater first = startLater(event);
        company.enable(large("large").replace("note: large", "note: version two"));
        StartedLater again = startLater(event);
        ExecutionView ended = company.awaitStatus(first.executions().getFirst(), "completed");

        assertThat(nothing.executions()).isEmpty();
        assertThat(waiting).isEqualTo(1);
        assertThat(waiting(company.enable(large("third")))).isZero();
        assertThat(would).isEqualTo(1);
        assertThat(first.declined())
                .singleElement()
                .satisfies(no -> assertThat(no.workflow()).isEqualTo("never"));
        assertThat(again.executions()).isEmpty();
        assertThat(again.already()).containsExactly("large");
        assertThat(ended.eventId()).contains(event.eventId());
        assertThat(ended.startedBy().name()).isEqualTo(event.actor().name());
        List<StoredEvent.LaterStart> all =
                company.run(tx -> fixture.engine.eventLog().later(tx, event.id()));
        assertThat(all)
                .singleElement()
                .satisfies(later -> assertThat(later.by().name()).isEqualTo("Meera"));
    }

    @Test
    void what_an_event_started_when_it_came_is_not_started_again() {
        company.enable(large("large"));
        company.start("600000");

        StartedLater later = startLater(only());

        assertThat(later.executions()).isEmpty();
        assertThat(later.already()).containsExactly("large");
    }

    @Test
    void of_many_who_start_an_event_at_once_one_does() throws ExecutionException, InterruptedException {
        company.publish(company.order("600000"));
        StoredEvent event = only();
        company.enable(large("large"));

        var started = new ArrayList<UUID>();
        try (var pool = Executors.newFixedThreadPool(6)) {
            List<Future<StartedLater>> all = new ArrayList<>();
            for (int n = 0; n < 6; n++) {
                all.add(pool.submit(() -> startLater(event)));
            }
            for (Future<StartedLater> one : all) {
                started.addAll(one.get().executions());
            }
        }

        assertThat(started).hasSize(1);
    }

    @Test
    void an_event_without_an_id_is_kept_too_and_tells_of_no_document() {
        var payload = Json.object().put("order_id", "O-1").put("amount", new BigDecimal("5"));
        company.run(tx -> fixture.engine
                .events()
                .publish(tx, NewEvent.of("payment.received", payload, Actor.user(company.meera))));

        var filter = new Filter(List.of("payment.received"), Optional.empty(), Optional.empty(), Optional.empty());
        List<StoredEvent> all = company.run(tx -> fixture.engine.eventLog().list(tx, filter, Optional.empty(), 50));

        assertThat(all)
                .singleElement()
                .satisfies(event -> assertThat(event.entityId()).isEmpty());
    }

    @Test
    void another_companys_events_are_not_there() {
        company.publish(company.order("600000"));
        StoredEvent event = only();
        TestCompany other = fixture.company();

        Optional<StoredEvent> found = other.run(tx -> fixture.engine.eventLog().find(tx, event.id()));
        Timeline timeline = other.run(tx ->
                fixture.engine.timelines().of(tx, "order", event.entityId().orElseThrow()));

        assertThat(found).isEmpty();
        assertThat(timeline.isEmpty()).isTrue();
    }

    @Test
    void the_timeline_of_a_document_shows_who_is_asked_and_why_nobody_was() {
        company.enable(large("large"));
        company.enable("""
                workflow:
                  name: ask
                  trigger: { event: order.created }
                  steps:
                    - id: small
                      action: trial.effect
                      condition: trigger.amount > 900000
                      config: { note: never }
                    - id: ask
                      action: erp.approval.request
                      config: { role: Finance Head, entity_type: order, entity_id: "{{ trigger.id }}", message: May we? }
                """);
        var order = company.order("480000");
        Published published = company.publish(order);
        UUID id = UUID.fromString(order.path("id").asString());
        company.awaitRequest(published.executions().getFirst());
        company.awaitStatus(published.executions().getFirst(), "awaiting_approval");

        Timeline timeline = company.run(tx -> fixture.engine.timelines().of(tx, "order", id));

        assertThat(timeline.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.role()).contains("Finance Head");
            assertThat(waiting.step()).isEqualTo("ask");
            assertThat(waiting.since()).isPresent();
        });
        assertThat(timeline.moments())
                .extracting(Moment::kind)
                .contains(Kind.EVENT, Kind.NOT_STARTED, Kind.STARTED, Kind.SKIPPED, Kind.ASKED);
        assertThat(because(timeline, Kind.NOT_STARTED)).isEqualTo("amount 480000 > 500000 is false");
        assertThat(because(timeline, Kind.SKIPPED)).isEqualTo("amount 480000 > 900000 is false");
        assertThat(timeline.moments()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    private static String because(Timeline timeline, Kind kind) {
        return timeline.moments().stream()
                .filter(moment -> moment.kind() == kind)
                .findFirst()
                .flatMap(Moment::because)
                .orElse("");
    }
}
