package dev.millrace.server.demo;

import dev.millrace.server.demo.Story.Document;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads what the journal says in words. */
final class Words {
    private static final Pattern AMOUNT = Pattern.compile("₹(\\d[\\d,]*(?:\\.\\d+)?)");
    private static final Pattern PAYMENTS = Pattern.compile("\\d+ payments?");

    private Words() {}

    /** The first amount in rupees that the text names; 0 if it names none. */
    static BigDecimal amount(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        return matcher.find() ? new BigDecimal(matcher.group(1).replace(",", "")) : BigDecimal.ZERO;
    }

    /** {@code 41 payments}. */
    static String payments(String text) {
        Matcher matcher = PAYMENTS.matcher(text);
        return matcher.find() ? matcher.group() : text;
    }

    /** The invoice that an entry tells the arrival of: {@code number of supplier, ₹total}. */
    static Document bill(JsonNode entry) {
        String text = entry.path("comment").asString("");
        String number = text.split(" of ", 2)[0];
        return new Document(
                "supplier_invoice",
                entry.path("resource_id").asString(),
                number,
                text.substring(Math.min(text.length(), number.length() + " of ".length()))
                        .split(", ₹", 2)[0],
                amount(text),
                entry.path("actor").path("name").asString(""));
    }
}
