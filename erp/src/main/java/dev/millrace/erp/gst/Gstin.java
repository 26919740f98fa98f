package dev.millrace.erp.gst;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tax number: two digits of the state, the ten characters of the PAN, one of the registration, one that is usually
 * {@code Z}, and a check character. Source: the pattern of a normal registration; the check is base 36 with weights 1 and 2.
 */
public record Gstin(String text) {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final Pattern FORM = Pattern.compile("[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z][Z1-9ABD-J][0-9A-Z]");

    /** What the test systems of the portal use: none of them has the form or the check character of a real one. */
    public static final Set<String> SANDBOX = Set.of("01AMBPG7773M002", "02AMBPG7773M002", "36AMBPG7773M002");

    public Gstin {
        if (!SANDBOX.contains(text) && !isGenuine(text)) {
            throw new IllegalArgumentException("'" + text + "' is no GSTIN: its form or its check character is wrong");
        }
    }

    /** Of what somebody typed: blanks around it and small letters do no harm. Empty: it is none. */
    public static Optional<Gstin> of(String typed) {
        String text = typed.strip().toUpperCase(Locale.ROOT);
        return SANDBOX.contains(text) || isGenuine(text) ? Optional.of(new Gstin(text)) : Optional.empty();
    }

    /** Whether form and check character are right; false for those of {@link #SANDBOX}. */
    public static boolean isGenuine(String text) {
        return FORM.matcher(text).matches() && text.charAt(14) == check(text);
    }

    private static char check(String text) {
        int total = 0;
        for (int i = 0; i < 14; i++) {
            int product = DIGITS.indexOf(text.charAt(i)) * (i % 2 == 0 ? 1 : 2);
            total += product / 36 + product % 36;
        }
        return DIGITS.charAt((36 - total % 36) % 36);
    }

    /** The state's code, {@code 27}. */
    public String state() {
        return text.substring(0, 2);
    }

    @Override
    public String toString() {
        return text;
    }
}
