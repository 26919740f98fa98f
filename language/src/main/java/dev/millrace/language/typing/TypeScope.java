package dev.millrace.language.typing;

import java.util.List;
import java.util.Optional;

/** What an expression sees, as types. */
public interface TypeScope {
    /** Sees nothing that is known. */
    TypeScope EMPTY = new TypeScope() {
        @Override
        public Optional<Type> root(String name) {
            return Optional.empty();
        }

        @Override
        public boolean isPresent(List<String> path) {
            return false;
        }
    };

    /** Empty: nothing is known of the name, or it is not in sight; that is for others to say. */
    Optional<Type> root(String name);

    /** The path certainly has a value when the expression is evaluated: a condition before has asked for it. */
    boolean isPresent(List<String> path);
}
