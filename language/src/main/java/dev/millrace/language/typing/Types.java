package dev.millrace.language.typing;

import dev.millrace.language.typing.Type.Form;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** The types that are named most. */
public final class Types {
    /** Nothing is known. */
    public static final Type ANY = new Type.Unknown();

    public static final Type NONE = new Type.None();
    public static final Type TRUTH = new Type.Truth();
    public static final Type NUMBER = new Type.Decimal(false, Optional.empty(), Optional.empty());
    public static final Type WHOLE = new Type.Decimal(true, Optional.empty(), Optional.empty());

    /** Any text. */
    public static final Type TEXT = text(Form.PLAIN);

    /** A list of which it is certain that it is empty. */
    static final Type NO_ITEMS = new Type.Items(ANY, true);

    private Types() {}

    static Type number(BigDecimal value) {
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return new Type.Decimal(whole, Optional.empty(), Optional.of(value));
    }

    /** A text that is written out. */
    public static Type literal(String text) {
        return new Type.Text(Form.PLAIN, Set.of(text), true);
    }

    public static Type text(Form form) {
        return new Type.Text(form, Set.of(), false);
    }
}
