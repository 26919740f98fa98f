package dev.millrace.language.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of one language, by key.
 *
 * <p>A pattern has places {@code {0}} or {@code {name}}; a part in square brackets is left out when one of its places
 * is empty. What is put in is never read as a pattern.
 */
public final class Messages {
    public static final Messages ENGLISH = load("messages_en.properties");

    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\]]*)\\]");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9_]+)\\}");

    private final Properties patterns;

    private Messages(Properties patterns) {
        this.patterns = patterns;
    }

    private static Messages load(String file) {
        Properties patterns = new Properties();
        try (InputStream in = Objects.requireNonNull(Messages.class.getResourceAsStream(file), file)) {
            patterns.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Messages(patterns);
    }

    /** The pattern of a key, if there is one. */
    public Optional<String> pattern(String key) {
        return Optional.ofNullable(patterns.getProperty(key));
    }

    /** All keys. */
    public Set<String> keys() {
        return patterns.stringPropertyNames();
    }

    /** The words of a key that may be missing. */
    public Optional<String> find(String key, String... parts) {
        return pattern(key).map(found -> fill(found, positions(parts)));
    }

    /**
     * The words of a key with the parts put in; an empty part counts as none.
     *
     * @throws IllegalArgumentException the file has no such key
     */
    public String say(String key, String... parts) {
        return find(key, parts).orElseThrow(() -> new IllegalArgumentException("no words for " + key));
    }

    /** Words that depend on a number: keys {@code key.one} and {@code key.other}, the number is {@code {0}}. */
    public String count(String key, long number) {
        return say(key + (number == 1 ? ".one" : ".other"), Long.toString(number));
    }

    public String and(List<String> items) {
        return joined("and", items);
    }

    public String or(List<String> items) {
        return joined("or", items);
    }

    /** Lists of clauses of which some are lists themselves. */
    public String mixed(boolean and, List<String> items) {
        return joined(and ? "and.mixed" : "or.mixed", items);
    }

    private String joined(String word, List<String> items) {
        return switch (items.size()) {
            case 0 -> say("list.none");
            case 1 -> items.getFirst();
            default ->
                say(
                        "list." + word,
                        String.join(say("list.comma"), items.subList(0, items.size() - 1)),
                        items.getLast());
        };
    }

    public String quoted(String text) {
        return say("quoted", text);
    }

    /** A sentence begins with a capital. */
    public static String sentence(String words) {
        if (words.isEmpty()) {
            return words;
        }
        int first = words.offsetByCodePoints(0, 1);
        return words.substring(0, first).toUpperCase(java.util.Locale.ROOT) + words.substring(first);
    }

    private static Function<String, Optional<String>> positions(String... parts) {
        return name -> {
            int at = Integer.parseInt(name);
            return at < parts.length && !parts[at].isEmpty() ? Optional.of(parts[at]) : Optional.empty();
        };
    }

    static String fill(String pattern, Function<String, Optional<String>> values) {
        Matcher parts = OPTIONAL.matcher(pattern);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (parts.find()) {
            text.append(places(pattern.substring(at, parts.start()), values));
            text.append(optional(parts.group(1), values));
            at = parts.end();
        }
        return text.append(places(pattern.substring(at), values)).toString();
    }

    private static String optional(String part, Function<String, Optional<String>> values) {
        boolean missing = PLACE.matcher(part)
                .results()
                .anyMatch(place -> values.apply(place.group(1)).isEmpty());
        return missing ? "" : places(part, values);
    }

    private static String places(String part, Function<String, Optional<String>> values) {
        return PLACE.matcher(part)
                .replaceAll(place ->
                        Matcher.quoteReplacement(values.apply(place.group(1)).orElse("")));
    }

    /** The names of all places of a pattern. */
    static List<String> placesOf(String pattern) {
        return PLACE.matcher(pattern).results().map(place -> place.group(1)).toList();
    }
}
