package dev.millrace.postgres;

import java.util.regex.Pattern;

/** Names of databases and roles: only such as need no quoting, so that they can be typed into psql as they are. */
final class Names {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private Names() {}

    static String requireName(String name) {
        if (!PLAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("A name of a database starts with a lower case letter and has lower case"
                    + " letters, digits and underscores, 63 at most, but got '" + name + "'");
        }
        return name;
    }

    /** Quoted, for names that others chose. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
