package dev.millrace.language.yaml;

import java.util.List;
import java.util.NoSuchElementException;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** Gives the composer the events that the guard has seen: scanning the text is most of the work, and once is enough. */
final class Replay implements Parser {
    private final List<Event> events;
    private int next;

    Replay(List<Event> events) {
        this.events = events;
    }

    @Override
    public boolean hasNext() {
        return next < events.size();
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return hasNext() && peekEvent().getEventId() == choice;
    }

    @Override
    public Event peekEvent() {
        if (!hasNext()) {
            throw new NoSuchElementException("no event is left");
        }
        return events.get(next);
    }

    @Override
    public Event next() {
        Event event = peekEvent();
        next++;
        return event;
    }
}
