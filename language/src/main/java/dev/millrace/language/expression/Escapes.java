package dev.millrace.language.expression;

/** The escapes of a text in quotes, as Python's; an unknown one stays as written. */
final class Escapes {
    private Escapes() {}

    /**
     * @param at where the backslash stands
     * @return where the text goes on
     */
    static int read(String text, int at, int origin, StringBuilder value) {
        char escape = text.charAt(at + 1);
        switch (escape) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case '\\', '\'', '"' -> value.append(escape);
            case '\n' -> {}
            case 'x' -> value.appendCodePoint(hexadecimal(text, at, 2, origin));
            case 'u' -> value.appendCodePoint(hexadecimal(text, at, 4, origin));
            case 'U' -> value.appendCodePoint(hexadecimal(text, at, 8, origin));
            default -> value.append('\\').append(escape);
        }
        return at
                + switch (escape) {
                    case 'x' -> 4;
                    case 'u' -> 6;
                    case 'U' -> 10;
                    default -> 2;
                };
    }

    private static int hexadecimal(String text, int at, int digits, int origin) {
        long code = 0;
        for (int i = at + 2; i < at + 2 + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            code = digit < 0 ? Long.MAX_VALUE / 32 : code * 16 + digit;
        }
        if (code > Character.MAX_CODE_POINT) {
            throw new SyntaxFault(
                    SyntaxFault.SYNTAX,
                    at - origin,
                    "Expected the code of a character, " + digits + " hexadecimal digits, after \\"
                            + text.charAt(at + 1) + ", but there is something else; write \\\\ for a backslash");
        }
        return (int) code;
    }
}
