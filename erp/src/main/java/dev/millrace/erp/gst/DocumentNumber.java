package dev.millrace.erp.gst;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a number of a tax document may look like, and when two are the same. Source: CGST rule 46(b). */
public final class DocumentNumber {
    private static final Pattern FORM = Pattern.compile("[A-Za-z1-9][A-Za-z0-9/-]{0,15}");

    private DocumentNumber() {}

    /** At most 16 letters, digits, slashes and hyphens, and no zero, slash or hyphen in front. */
    public static boolean isAllowed(String number) {
        return FORM.matcher(number).matches();
    }

    /**
     * As invoices and statements are compared: upper case, letters and digits only, zeros in front left out.
     * {@code inv-0012/24} becomes {@code INV001224}, {@code 0012} becomes {@code 12}.
     */
    public static String normalized(String number) {
        return number.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "").replaceFirst("^0+(?=.)", "");
    }
}
