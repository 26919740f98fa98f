package dev.millrace.language.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Plain scalars as the core schema of YAML 1.2 reads them; {@code yes} and {@code 12:30} are texts. */
final class Scalars {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");

    /** Most characters of a number; with {@link #MAX_SCALE} it keeps a number from being megabytes when written out. */
    private static final int MAX_LENGTH = 200;

    private static final int MAX_SCALE = 1000;

    private Scalars() {}

    /** Empty: a number beyond the limits. */
    static Optional<JsonNode> plain(String text) {
        if (NULL.matcher(text).matches()) {
            return Optional.of(NullNode.getInstance());
        }
        if (BOOL.matcher(text).matches()) {
            return Optional.of(BooleanNode.valueOf(text.charAt(0) == 't' || text.charAt(0) == 'T'));
        }
        if (!isNumber(text)) {
            return Optional.of(StringNode.valueOf(text));
        }
        return text.length() > MAX_LENGTH ? Optional.empty() : number(text);
    }

    private static boolean isNumber(String text) {
        char first = text.charAt(0);
        boolean may = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
        return may
                && (DECIMAL.matcher(text).matches()
                        || OCTAL.matcher(text).matches()
                        || HEX.matcher(text).matches());
    }

    private static Optional<JsonNode> number(String text) {
        if (text.startsWith("0o")) {
            return Optional.of(DecimalNode.valueOf(new BigDecimal(new BigInteger(text.substring(2), 8))));
        }
        if (text.startsWith("0x")) {
            return Optional.of(DecimalNode.valueOf(new BigDecimal(new BigInteger(text.substring(2), 16))));
        }
        try {
            var value = new BigDecimal(text);
            return Math.abs((long) value.scale()) > MAX_SCALE
                    ? Optional.empty()
                    : Optional.of(DecimalNode.valueOf(value));
        } catch (NumberFormatException exponentBeyondInt) {
            return Optional.empty();
        }
    }
}
