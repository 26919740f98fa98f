package dev.millrace.engine;

import dev.millrace.language.Fitted;
import java.util.List;

/** An event was not taken in; rolls the caller's transaction back. */
public final class EventRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Fitted.Misfit> misfits;

    /**
     * @param code {@code unknown_event}, {@code payload_invalid} or {@code event_id_reused}
     */
    public EventRefused(String code, String message, List<Fitted.Misfit> misfits) {
        super(message);
        this.code = code;
        this.misfits = List.copyOf(misfits);
    }

    public String code() {
        return code;
    }

    public List<Fitted.Misfit> misfits() {
        return misfits;
    }
}
