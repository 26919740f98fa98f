package dev.millrace.language.check;

import dev.millrace.language.Durations;
import dev.millrace.language.schema.Forms;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody meant who knew the name or the duration, but not the form in which it is written. */
final class NearForm {
    private static final Pattern COUNTED = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");

    private NearForm() {}

    /** "Purchase Order" to purchase-order. */
    static Optional<String> kebab(String text) {
        return joined(text, "-").filter(name -> name.matches(Forms.KEBAB));
    }

    /** "Finance-Head" to finance_head. */
    static Optional<String> snake(String text) {
        return joined(text, "_").filter(name -> name.matches(Forms.SNAKE));
    }

    private static Optional<String> joined(String text, String sign) {
        String words = text.strip().replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        String name = words.replaceAll("[^a-z0-9]+", sign);
        int from = name.startsWith(sign) ? 1 : 0;
        int to = name.endsWith(sign) && name.length() > from ? name.length() - 1 : name.length();
        return text.length() > 200 ? Optional.empty() : Optional.of(name.substring(from, to));
    }

    /** "24 hours" to 24h, "2 weeks" to 14d. */
    static Optional<String> duration(String text) {
        Matcher counted = COUNTED.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.length() > 40 || !counted.matches()) {
            return Optional.empty();
        }
        String count = counted.group(1);
        Optional<String> near = switch (counted.group(2)) {
            case "s", "sec", "secs", "second", "seconds" -> Optional.of(count + "s");
            case "m", "min", "mins", "minute", "minutes" -> Optional.of(count + "m");
            case "h", "hr", "hrs", "hour", "hours" -> Optional.of(count + "h");
            case "d", "day", "days" -> Optional.of(count + "d");
            case "w", "week", "weeks" -> Optional.of(Long.parseLong(count) * 7 + "d");
            default -> Optional.empty();
        };
        return near.filter(duration -> Durations.parse(duration).isPresent());
    }
}
