package dev.millrace.engine;

import dev.millrace.language.EventType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The events that this installation's modules may emit. */
public final class EventTypes {
    private final Map<String, EventType> byName = new ConcurrentSkipListMap<>();

    /**
     * @throws IllegalArgumentException the name is taken
     */
    public EventTypes register(EventType type) {
        if (byName.putIfAbsent(type.name(), type) != null) {
            throw new IllegalArgumentException("the event " + type.name() + " is registered twice");
        }
        return this;
    }

    public Optional<EventType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of their names. */
    public Collection<EventType> all() {
        return byName.values();
    }
}
