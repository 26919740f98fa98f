package dev.millrace.language.yaml;

import java.util.OptionalInt;

/** Characters that cannot be seen, or that make text look other than it is. */
public final class Invisible {
    private Invisible() {}

    /** The first one in a name; texts for people may hold joiners, which Indian scripts need. */
    public static OptionalInt in(String name) {
        return name.codePoints().filter(Invisible::is).findFirst();
    }

    private static boolean is(int c) {
        return Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.CONTROL
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0;
    }
}
