package dev.millrace.server.demo;

import dev.millrace.language.Money;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What the demo prints: headings, the lines of the timeline, tables. Safe for use by many threads. */
final class Screen {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.of("Asia/Kolkata"));

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private static final int AMOUNT_WIDTH = 18;
    private static final int SUBJECT_WIDTH = 16;
    private static final int VERB_WIDTH = 10;
    private static final int RULE_WIDTH = 100;

    private final PrintStream out;
    private final boolean colour;

    Screen(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** Standard output, in UTF-8 whatever the locale, in colour if a person looks at it who did not forbid it. */
    static Screen standard(boolean noColor) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Screen(out, isTerminal() && !noColor);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /**
     * One line of the timeline.
     *
     * @param subject a document's number, or how many there are
     * @param amount not printed if 0
     */
    record Line(Instant at, String subject, BigDecimal amount, Verb verb, String text) {}

    synchronized void tell(Line line) {
        say(dim(CLOCK.format(line.at())) + "  " + padded(line.subject(), SUBJECT_WIDTH)
                + right(line.amount().signum() == 0 ? "" : rupees(line.amount()), AMOUNT_WIDTH) + "  "
                + painted(line.verb().colour(), padded(line.verb().word(), VERB_WIDTH)) + " " + line.text());
    }

    synchronized void heading(String text) {
        say("");
        say(painted("1", "── " + text + " " + "─".repeat(Math.max(3, RULE_WIDTH - text.length()))));
    }

    synchronized void note(String text) {
        say(dim("   " + text));
    }

    synchronized void row(String name, String value) {
        say("   " + padded(name, 36) + value);
    }

    synchronized void check(boolean holds, String text) {
        say("   " + painted(holds ? "1;32" : "1;31", holds ? "✓" : "✗") + " " + text);
    }

    synchronized void verdict(boolean good, String text) {
        say("");
        say(painted(good ? "1;32" : "1;31", text));
    }

    synchronized void say(String text) {
        out.println(text);
    }

    /** {@code ₹12,34,567.50}. */
    static String rupees(BigDecimal amount) {
        return Money.text(amount, "INR").orElseThrow();
    }

    /** {@code 20 November 2025 to 16 February 2026}. */
    static String days(LocalDate first, LocalDate last) {
        return DAY.format(first) + " to " + DAY.format(last);
    }

    private String dim(String text) {
        return painted("2", text);
    }

    private String painted(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
