package dev.millrace.language.simulation;

import dev.millrace.language.Deadline;
import dev.millrace.language.Expression;
import dev.millrace.language.Script.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A unit that waits, and for what. */
final class Wait {
    /** After it a wait without a deadline of its own is over: the default of a tenant. */
    static final Duration EXPIRY = Duration.ofDays(30);

    final Unit unit;
    final Instant since;

    /** Entries of {@code on_timeout} that are done with. */
    int passed;

    /** When each entry of {@code on_timeout} is due. */
    private final List<Instant> due;

    /** Answers of the script that were taken for this wait. */
    int answersTaken;

    /** When the wait is over if no entry is left. */
    Instant lastResort;

    /** The time of the entry at hand, if its action is to be repeated. */
    Optional<Instant> repeatAt = Optional.empty();

    Optional<Instant> wakeAt = Optional.empty();
    Optional<Request> request = Optional.empty();
    Optional<Due> answer = Optional.empty();
    Optional<Expected> event = Optional.empty();
    Optional<Arrived> arrival = Optional.empty();

    Wait(Unit unit, Instant since) {
        this(unit, since, since::plus);
    }

    /** @param after when so much time has passed since the beginning, by the calendar that counts */
    Wait(Unit unit, Instant since, Function<Duration, Instant> after) {
        this.unit = unit;
        this.since = since;
        this.due = unit.deadlines().stream()
                .map(deadline -> after.apply(deadline.after()))
                .toList();
        this.lastResort = since.plus(EXPIRY);
    }

    /** What a person will say, and when. */
    record Due(Answer answer, Instant at) {}

    /** What event is waited for. */
    record Expected(String name, Expression match, boolean sinceTrigger) {}

    record Arrived(ObjectNode payload, String id, Instant at) {}

    Optional<Deadline> entry() {
        return passed < unit.deadlines().size() ? Optional.of(unit.deadlines().get(passed)) : Optional.empty();
    }

    /** When the next entry, or the end without one, is due. */
    Instant deadline() {
        return repeatAt.orElseGet(() -> passed < due.size() ? due.get(passed) : lastResort);
    }

    /** When something happens next. */
    Instant next() {
        return Stream.of(Optional.of(deadline()), wakeAt, answer.map(Due::at), arrival.map(Arrived::at))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** When a request made now expires: at the first entry, from the given one on, that ends the wait. */
    Instant expiresAt(int fromEntry, Instant now) {
        return IntStream.range(fromEntry, due.size())
                .filter(n -> !unit.deadlines().get(n).thenContinue())
                .mapToObj(due::get)
                .findFirst()
                .orElse(now.plus(EXPIRY));
    }
}
