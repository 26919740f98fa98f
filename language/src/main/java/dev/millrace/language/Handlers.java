package dev.millrace.language;

import java.util.List;

/**
 * The {@code on_error} of a step or the {@code on_failure} of a definition: actions run in order.
 *
 * @param thenContinue the failed step counts as completed, with outputs {@code none}
 */
public record Handlers(List<Handler> list, boolean thenContinue) {
    public static final Handlers NONE = new Handlers(List.of(), false);

    public Handlers {
        list = List.copyOf(list);
    }

    public boolean isNone() {
        return list.isEmpty() && !thenContinue;
    }

    /** One action of the list. */
    public record Handler(String action, Template config) {}
}
