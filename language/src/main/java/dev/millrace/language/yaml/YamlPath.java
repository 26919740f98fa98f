package dev.millrace.language.yaml;

/**
 * Paths as people read them: {@code steps[0].config.role}; a key that is no plain word is quoted,
 * {@code variables["a.b"]}. The root is the empty text.
 */
public final class YamlPath {
    private YamlPath() {}

    public static String key(String path, String key) {
        if (!isWord(key)) {
            return path + "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Letters, digits, _ and -, not a digit or - first; by hand, for it is asked thousands of times in each text. */
    private static boolean isWord(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean begins = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean goesOn = i > 0 && ((c >= '0' && c <= '9') || c == '-');
            if (!begins && !goesOn) {
                return false;
            }
        }
        return !key.isEmpty();
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
