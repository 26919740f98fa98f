package dev.millrace.language.yaml;

import java.util.regex.Pattern;

/**
 * Paths as people read them: {@code steps[0].config.role}; a key that is no plain word is quoted,
 * {@code variables["a.b"]}. The root is the empty text.
 */
public final class YamlPath {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private YamlPath() {}

    public static String key(String path, String key) {
        if (!WORD.matcher(key).matches()) {
            return path + "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** Joins a path relative to another: {@code steps[0].config} and {@code lines[0].account}. */
    public static String join(String path, String relative) {
        if (path.isEmpty() || relative.isEmpty() || relative.startsWith("[")) {
            return path + relative;
        }
        return path + "." + relative;
    }

    /** The path without its last part; the root is its own parent. */
    public static String parent(String path) {
        int cut = path.endsWith("\"]") ? openingQuote(path) : Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut <= 0 ? "" : path.substring(0, cut);
    }

    private static int openingQuote(String path) {
        int cut = path.lastIndexOf("[\"");
        return cut < 0 ? path.lastIndexOf('.') : cut;
    }
}
