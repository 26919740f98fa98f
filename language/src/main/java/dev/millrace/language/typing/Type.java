package dev.millrace.language.typing;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known of a value before there is one. */
public sealed interface Type {
    /** Nothing is known, so nothing is said of it. */
    record Unknown() implements Type {}

    record None() implements Type {}

    record Truth() implements Type {}

    /** @param value of a number that is written out */
    record Decimal(boolean whole, Optional<Unit> unit, Optional<BigDecimal> value) implements Type {}

    /**
     * @param words it is one of them; empty: any text of the form
     * @param literal the words are written in the expression, not declared by a shape
     */
    record Text(Form form, Set<String> words, boolean literal) implements Type {
        public Text {
            words = Set.copyOf(words);
        }
    }

    /** @param empty there are certainly none, so that nothing is known of them that could differ */
    record Items(Type item, boolean empty) implements Type {
        public Items(Type item) {
            this(item, false);
        }
    }

    record Mapping(Fields fields) implements Type {}

    /**
     * A value that may be missing.
     *
     * @param type neither none nor a value that may be missing
     * @param undefined missing means not there at all, which {@code default} replaces; else none, which it does not
     */
    record Maybe(Type type, boolean undefined) implements Type {}

    /** The kinds of values that are told apart at run time. */
    enum Sort {
        ANY("a value"),
        NONE("none"),
        TRUTH("true or false"),
        NUMBER("a number"),
        TEXT("a text"),
        LIST("a list"),
        MAP("a map");

        private final String words;

        Sort(String words) {
            this.words = words;
        }

        /** With its article: {@code a number}. */
        public String words() {
            return words;
        }
    }

    /** What texts look like. */
    enum Form {
        PLAIN("a text", ".*"),
        UUID("an id", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        DATE("a date", "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        DATETIME("a time", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"),
        DURATION("a duration", ".*"),
        CURRENCY("a currency code", "[A-Z]{3}"),
        /** An amount as people read it, which is no number any more. */
        MONEY("a text with an amount", ".*");

        private final String words;
        private final Pattern pattern;

        Form(String words, String pattern) {
            this.words = words;
            this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        }

        /** With its article: {@code a date}. */
        public String words() {
            return words;
        }

        /** A value of the form can be equal to the text. */
        boolean mayBe(String text) {
            return pattern.matcher(this == UUID ? text.toLowerCase(Locale.ROOT) : text)
                    .matches();
        }
    }

    /** What may be missing is no longer missing. */
    default Type present() {
        return this instanceof Maybe maybe ? maybe.type() : this;
    }

    /** As {@link #present}, and of a map whose fields are all none together, all of them are as declared. */
    default Type certain() {
        return present() instanceof Mapping map && map.fields() instanceof Fields.Doubtful doubtful
                ? new Mapping(doubtful.fields())
                : present();
    }

    default Type orNone() {
        return this instanceof Maybe || this instanceof None ? this : new Maybe(this, false);
    }

    default Type orUndefined() {
        return this instanceof Maybe || this instanceof None ? this : new Maybe(this, true);
    }

    /** Of what is there. */
    default Sort sort() {
        return switch (this) {
            case Unknown any -> Sort.ANY;
            case None none -> Sort.NONE;
            case Truth truth -> Sort.TRUTH;
            case Decimal number -> Sort.NUMBER;
            case Text text -> Sort.TEXT;
            case Items items -> Sort.LIST;
            case Mapping map -> Sort.MAP;
            case Maybe maybe -> maybe.type().sort();
        };
    }

    /** With its article: {@code a date}, {@code a list}. */
    default String inWords() {
        return present() instanceof Text text ? text.form().words() : sort().words();
    }

    /** What is known of a value that is one or the other. */
    default Type or(Type other) {
        if (equals(other)) {
            return this;
        }
        if (this instanceof None) {
            return other.orNone();
        }
        if (other instanceof None) {
            return orNone();
        }
        if (this instanceof Maybe || other instanceof Maybe) {
            boolean undefined =
                    (!(this instanceof Maybe a) || a.undefined()) && (!(other instanceof Maybe b) || b.undefined());
            return new Maybe(present().or(other.present()), undefined);
        }
        if (this instanceof Decimal a && other instanceof Decimal b) {
            return new Decimal(a.whole() && b.whole(), Unit.of(a.unit(), b.unit()), Optional.empty());
        }
        if (this instanceof Text a && other instanceof Text b) {
            return either(a, b);
        }
        if (this instanceof Items a && other instanceof Items b) {
            return a.empty() ? b : b.empty() ? a : new Items(a.item().or(b.item()));
        }
        if (this instanceof Mapping a && other instanceof Mapping b) {
            return new Mapping(Fields.common(a.fields(), b.fields()));
        }
        return Types.ANY;
    }

    private static Type either(Text a, Text b) {
        Set<String> words = new HashSet<>();
        if (!a.words().isEmpty() && !b.words().isEmpty()) {
            words.addAll(a.words());
            words.addAll(b.words());
        }
        return new Text(a.form() == b.form() ? a.form() : Form.PLAIN, words, a.literal() && b.literal());
    }
}
