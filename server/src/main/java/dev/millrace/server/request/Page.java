package dev.millrace.server.request;

import dev.millrace.server.problem.Refusal;
import io.swagger.v3.oas.annotations.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit how many
 * @param cursor the next_cursor of the answer before; opaque
 */
public record Page(
        @Parameter(description = "how many, 1 to 200") int limit,

        @Parameter(description = "next_cursor of the answer before")
        Optional<String> cursor) {
    public static final int LIMIT_MOST = 200;
    private static final int LIMIT_USUAL = 50;

    static Page of(@Nullable String limit, @Nullable String cursor) {
        return new Page(limit == null ? LIMIT_USUAL : limit(limit), Optional.ofNullable(cursor));
    }

    private static int limit(String text) {
        int limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MOST) {
            throw Refusal.invalid(
                    "out_of_range",
                    "limit",
                    "Expected limit to be a whole number from 1 to 200 but got '" + text + "'");
        }
        return limit;
    }

    /** One more than wanted, so that it shows whether there is more. */
    public int fetch() {
        return limit + 1;
    }

    /**
     * What the cursor stands for.
     *
     * @param find the thing of that id, in this list; another company's are not found
     * @throws Refusal the cursor is none of this list
     */
    public <T> Optional<T> after(Function<UUID, Optional<T>> find) {
        return cursor.map(text -> {
            try {
                return find.apply(UUID.fromString(decode(text))).orElseThrow(Refusal::invalidCursor);
            } catch (IllegalArgumentException e) {
                throw Refusal.invalidCursor();
            }
        });
    }

    /** A cursor that is a number. */
    public Optional<Long> afterNumber() {
        return cursor.map(text -> {
            try {
                return Long.valueOf(decode(text));
            } catch (IllegalArgumentException e) {
                throw Refusal.invalidCursor();
            }
        });
    }

    /** A cursor that is a text of the list's own. */
    public Optional<String> afterText() {
        return cursor.map(text -> {
            try {
                return decode(text);
            } catch (IllegalArgumentException e) {
                throw Refusal.invalidCursor();
            }
        });
    }

    private static String decode(String cursor) {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw Refusal.invalidCursor();
        }
        return text;
    }

    static String encode(Object position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.toString().getBytes(StandardCharsets.UTF_8));
    }
}
