package dev.millrace.server.request;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param nextCursor gets the next page; null at the end
 */
public record Listing<T>(List<T> items, Optional<String> nextCursor) {
    public Listing {
        items = List.copyOf(items);
    }

    /**
     * @param fetched {@link Page#fetch()} of them, or all there are
     * @param position where a thing stands in the list
     */
    public static <S, T> Listing<T> of(List<S> fetched, Page page, Function<S, ?> position, Function<S, T> item) {
        List<S> shown = fetched.subList(0, Math.min(fetched.size(), page.limit()));
        Optional<String> next = fetched.size() > page.limit()
                ? Optional.of(Page.encode(position.apply(shown.getLast())))
                : Optional.empty();
        return new Listing<>(shown.stream().map(item).toList(), next);
    }
}
