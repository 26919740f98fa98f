package dev.millrace.language.edit;

import dev.millrace.language.Edited;
import java.io.Serial;

/** Ends an edit; {@link Editing} answers with it. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Edited.Code code;

    Refusal(Edited.Code code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    static Refusal notPossible(String path) {
        return new Refusal(
                Edited.Code.NOT_POSSIBLE,
                "Expected a text that can be changed at " + path + " but it is written in a way that would make the"
                        + " result say something else; change it by hand.");
    }

    Edited.Refused answer() {
        return new Edited.Refused(code, String.valueOf(getMessage()));
    }
}
