package dev.millrace.language.typing;

import dev.millrace.language.typing.Type.Sort;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a filter or test takes and gives.
 *
 * @param accepts the sorts of values before it that do not fail
 * @param expected those in the words of messages
 * @param none what becomes of none before it
 * @param parameters one for each parameter of the operation, in its order
 */
record Signature(Set<Sort> accepts, String expected, OfNone none, List<Parameter> parameters, Result result) {
    Signature {
        accepts = Set.copyOf(accepts);
        parameters = List.copyOf(parameters);
    }

    enum OfNone {
        /** An error. */
        FAILS,
        /** An empty text, which nobody means. */
        EMPTIES,
        /** It has a meaning of its own. */
        MEANT
    }

    /** What an argument must be. */
    enum Parameter {
        ANY("any value"),
        TEXT("a text"),
        NUMBER("a number"),
        WHOLE("a whole number"),
        /** The name of a field of the items. */
        FIELD("the name of a field");

        private final String words;

        Parameter(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** The type of what comes out. */
    interface Result {
        /**
         * @param value never missing, but where none is meant
         * @param arguments empty where not written
         */
        Type of(Type value, List<Optional<Type>> arguments);
    }
}
