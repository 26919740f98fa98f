package dev.millrace.language.schema;

/** Regular expressions of values, as both the validator and the schemas use them. */
public final class Forms {
    public static final String UUID = "^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    public static final String DECIMAL = "^[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?$";
    public static final String SNAKE = "^(?=.{1,64}$)[a-z][a-z0-9]*(?:_[a-z0-9]+)*$";

    /** Longest number in quotes, in characters. */
    public static final int MAX_DIGITS = 200;

    public static final String KEBAB = "^(?=.{1,64}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$";
    static final String DATE = "^\\d{4}-\\d{2}-\\d{2}$";
    static final String DATETIME = "^\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}.*(?:[Zz]|[-+]\\d{2}.*)$";

    /** A text with an expression, a comment or a statement in it: nothing is known of it before it is rendered. */
    static final String TEMPLATE = "\\{[{%#]";

    /** A text that is more than white space. */
    static final String NOT_BLANK = "\\S";

    private Forms() {}
}
