package dev.millrace.language.typing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a map. */
public interface Fields {
    /** Empty: there is no such field, or of an open map nothing is known of it. */
    Optional<Type> get(String name);

    /** The known ones, in order. */
    Collection<String> names();

    /** There may be others. */
    boolean isOpen();

    /** A map of anything. */
    static Fields open() {
        return of(Map.of(), true);
    }

    static Fields of(Map<String, Type> types, boolean open) {
        return new Known(new LinkedHashMap<>(types), open);
    }

    /** One field is told anew. */
    static Fields with(Fields fields, String name, Type type) {
        var types = new LinkedHashMap<String, Type>();
        fields.names().forEach(each -> types.put(each, fields.get(each).orElse(Types.ANY)));
        types.put(name, type);
        return new Known(types, fields.isOpen());
    }

    /** Of a map that is one or the other. */
    static Fields common(Fields a, Fields b) {
        var types = new LinkedHashMap<String, Type>();
        List<String> names = new ArrayList<>(a.names());
        b.names().stream().filter(name -> a.get(name).isEmpty()).forEach(names::add);
        for (String name : names) {
            Optional<Type> left = a.get(name);
            Optional<Type> right = b.get(name);
            Type known = left.or(() -> right).orElse(Types.ANY);
            types.put(name, left.isPresent() && right.isPresent() ? left.get().or(right.get()) : known.orUndefined());
        }
        return new Known(types, a.isOpen() || b.isOpen());
    }

    /** Each may be none, and all are together: the output of a step that need not have completed. */
    record Doubtful(Fields fields) implements Fields {
        @Override
        public Optional<Type> get(String name) {
            return fields.get(name).map(Type::orNone);
        }

        @Override
        public Collection<String> names() {
            return fields.names();
        }

        @Override
        public boolean isOpen() {
            return fields.isOpen();
        }
    }

    /** Written out. */
    record Known(Map<String, Type> types, boolean isOpen) implements Fields {

        @Override
        public Optional<Type> get(String name) {
            return Optional.ofNullable(types.get(name));
        }

        @Override
        public Collection<String> names() {
            return types.keySet();
        }
    }
}
