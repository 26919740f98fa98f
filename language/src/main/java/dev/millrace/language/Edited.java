package dev.millrace.language;

import java.util.List;
import java.util.Locale;

/** What editing gave. */
public sealed interface Edited {

    /**
     * All edits are made. Whether the text is a valid definition is the validator's to say.
     *
     * @param inverse applied to this text, they give the text before, byte for byte
     */
    record Text(String yaml, List<Edit> inverse) implements Edited {
        public Text {
            inverse = List.copyOf(inverse);
        }
    }

    /**
     * No edit is made.
     *
     * @param reason for people: what was expected, what there is
     */
    record Refused(Code code, String reason) implements Edited {}

    /** Why an edit is refused. */
    enum Code {
        /** It is not YAML as the language has it, or a key stands twice. */
        TEXT_UNREADABLE,
        UNKNOWN_STEP,
        /** Several steps have the id. */
        STEP_AMBIGUOUS,
        STEP_ID_TAKEN,
        PATH_ABSENT,
        /** A step without an id, or a value that YAML cannot hold. */
        VALUE_NOT_ALLOWED,
        /** The characters to replace are not there. */
        TEXT_CHANGED,
        /** The text is written in a way that this edit cannot keep; nothing but typing helps. */
        NOT_POSSIBLE;

        /** As it stands in answers: snake_case. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
