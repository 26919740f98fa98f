package dev.millrace.engine.action;

import dev.millrace.language.ActionType;
import dev.millrace.language.ActionType.Kind;
import dev.millrace.language.ActionType.Place;
import dev.millrace.language.Effect;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The actions that this installation has. Registering is visible to every tenant with the module at once. */
public final class ActionRegistry {
    private final Map<String, Registered> byName = new ConcurrentSkipListMap<>();

    /**
     * An action with what was read off its class.
     *
     * @param config its config record; {@code output} its output record
     */
    public record Registered(
            ActionType type, Action action, Class<? extends Record> config, Class<? extends Record> output) {}

    /**
     * @throws IllegalArgumentException it lacks {@link Named}, or its name is taken
     */
    public ActionRegistry register(Action action) {
        Registered registered = read(action);
        if (byName.putIfAbsent(registered.type().name(), registered) != null) {
            throw new IllegalArgumentException("the action " + registered.type().name() + " is registered twice");
        }
        return this;
    }

    public Optional<Registered> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of their names. */
    public Collection<Registered> all() {
        return byName.values();
    }

    private static Registered read(Action action) {
        Class<?> type = action.getClass();
        Named named = Optional.ofNullable(type.getAnnotation(Named.class))
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " lacks @Named"));
        Type[] arguments = spiArguments(type);
        Class<? extends Record> config = recordOf(arguments[0]);
        Class<? extends Record> output = recordOf(arguments[arguments.length - 1]);
        Kind kind = switch (action) {
            case LocalAction<?, ?> local -> Kind.LOCAL;
            case PureAction<?, ?> pure -> Kind.LOCAL;
            case DeadlineAction<?, ?> deadline -> Kind.LOCAL;
            case ExternalAction<?, ?, ?> external -> Kind.EXTERNAL;
            case CallAction<?, ?> call -> Kind.EXTERNAL;
            case WaitingAction<?, ?> waiting -> Kind.WAITING;
        };
        var actionType = new ActionType(
                named.value(),
                named.module(),
                kind,
                places(named, kind),
                named.description(),
                RecordShapes.of(config),
                RecordShapes.of(output),
                named.setsState(),
                effect(type),
                Set.of(named.failures()));
        return new Registered(actionType, action, config, output);
    }

    private static Effect effect(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Affects.class))
                .map(affects -> new Effect(
                        given(affects.entity()),
                        given(affects.id()),
                        given(affects.amountOf()),
                        Set.of(affects.emits())))
                .orElse(Effect.NONE);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Set<Place> places(Named named, Kind kind) {
        var places = EnumSet.noneOf(Place.class);
        if (named.inStep()) {
            places.add(Place.STEP);
        }
        if (kind != Kind.WAITING && named.inStep()) {
            places.add(Place.ON_ERROR);
        }
        if (kind != Kind.WAITING && named.inTimeout()) {
            places.add(Place.ON_TIMEOUT);
        }
        return places;
    }

    private static Type[] spiArguments(Class<?> type) {
        return Arrays.stream(type.getGenericInterfaces())
                .filter(i -> i instanceof ParameterizedType p
                        && p.getRawType() instanceof Class<?> raw
                        && Action.class.isAssignableFrom(raw))
                .map(i -> ((ParameterizedType) i).getActualTypeArguments())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                type.getName()
                                        + " must implement LocalAction, PureAction, ExternalAction, CallAction or WaitingAction directly"));
    }

    private static Class<? extends Record> recordOf(Type type) {
        return ((Class<?>) type).asSubclass(Record.class);
    }
}
