package dev.millrace.language.edit;

import dev.millrace.language.check.TestCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts of definitions as people have them, and what editors on other machines make of them. */
final class Layouts {
    static final List<String> TEMPLATES =
            TestCatalogue.TEMPLATES.stream().map(TestCatalogue::template).toList();

    private static final List<String> SLIPS = List.of(
            "\n",
            " ",
            "  ",
            "#",
            " # x\n",
            "-",
            "- ",
            ":",
            ": ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "'",
            "\"",
            "|",
            "|+\n",
            ">",
            "&a ",
            "? ",
            "\r\n",
            "\t",
            "a",
            "steps",
            "🂡",
            "{{ steps.a.x }}",
            "~",
            "\n\n",
            "\n# c\n",
            "\n      # c");

    private Layouts() {}

    static List<String> odd() {
        return Stream.of(TestCatalogue.text("/odd-layouts.txt").split("(?m)^### ", -1))
                .skip(1)
                .map(section -> section.substring(section.indexOf('\n') + 1))
                .toList();
    }

    /** Line breaks, comments, empty lines, a last line that is not ended. */
    static String varied(String text, Random random) {
        String varied = text;
        if (random.nextInt(3) == 0) {
            varied = commented(varied, random);
        }
        if (random.nextInt(4) == 0) {
            varied = varied.replace("\n    - id:", "\n\n    - id:");
        }
        if (random.nextInt(4) == 0) {
            varied = varied.stripTrailing();
        }
        return random.nextInt(3) == 0 ? varied.replace("\n", "\r\n") : varied;
    }

    /** A few characters taken out or put in, as a slip of the hand does. */
    static String damaged(String text, Random random) {
        var damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length());
            if (random.nextBoolean()) {
                damaged.insert(at, SLIPS.get(random.nextInt(SLIPS.size())));
            } else {
                damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(3)));
            }
        }
        return damaged.toString();
    }

    /** Only where a line begins a step or one of its keys, so that no text in a block is hit. */
    private static String commented(String text, Random random) {
        var lines = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            boolean key = line.matches(" *(- )?(id|action|depends_on|config|on_error|on_timeout): ?[^|>]*");
            if (key && random.nextInt(4) == 0) {
                lines.add(line.replaceAll("[^ ].*", "") + "#\tabove " + random.nextInt(100));
            }
            boolean closed = key && line.matches(".*[a-z:}\\]]");
            lines.add(closed && random.nextInt(4) == 0 ? line + "  # beside " + random.nextInt(100) : line);
        }
        return String.join("\n", lines);
    }
}
