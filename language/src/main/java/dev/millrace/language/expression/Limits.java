package dev.millrace.language.expression;

/** What an expression may spend. An author of a definition is not trusted with the memory of a shared server. */
final class Limits {
    private Limits() {}

    /** Characters of one expression. */
    static final int SOURCE = 8_192;

    /** Tokens of one expression: bounds the depth of its tree, hence the stack of whoever walks it. */
    static final int TOKENS = 1_000;

    /** Parentheses, brackets, signs within each other. */
    static final int NESTING = 100;

    /** Steps of one evaluation: nodes evaluated and items touched. */
    static final int STEPS = 10_000;

    /** Characters of one text that an expression makes. */
    static final int TEXT = 65_536;

    /** Characters of all texts that one evaluation makes. */
    static final int TEXT_IN_ALL = 4 * TEXT;

    /** Characters of all texts of one rendered template. */
    static final int TEMPLATE = 16 * TEXT;

    /** Digits before or after the decimal point. */
    static final int DIGITS = 1_000;

    /** Characters read for one step: a long text costs more than a short one. */
    static final int CHARACTERS_PER_STEP = 1_024;

    /** Character comparisons for one step: searching a long text for a long text is quadratic. */
    static final int COMPARISONS_PER_STEP = 16_384;

    /** Days that a date may be moved by. */
    static final int DAYS = 100_000;
}
