package dev.millrace.language.check;

import dev.millrace.language.Field;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.typing.Type;
import dev.millrace.language.typing.Type.Form;
import dev.millrace.language.typing.Type.Sort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.StringNode;

/**
 * Whether a value of a static type can fit a field at all. Says no only where no value of the type fits, by what
 * {@link ShapeFit} and {@link ScalarFit} accept at run time.
 */
final class Receiving {
    private Receiving() {}

    /**
     * Why not.
     *
     * @param found after the name of the value: {@code is a text}
     * @param words what would have been right in place of the word that there is
     */
    record Misfit(ProblemCode code, String expected, String found, Optional<String> word, List<String> words) {}

    /** @param given of what is there; none is told by whoever asks */
    static Optional<Misfit> misfit(Type given, ValueType wanted) {
        Type type = given.present();
        if (type.sort() == Sort.ANY || type.sort() == Sort.NONE) {
            return Optional.empty();
        }
        return switch (wanted) {
            case Scalar scalar -> scalar(type, scalar);
            case Choice choice -> choice(type, choice);
            case ListOf list -> list(type, list);
            case MapOf map -> type.sort() == Sort.MAP ? Optional.empty() : mismatch("a map", type, "");
            case Shape shape -> type instanceof Type.Mapping map ? shape(map, shape) : mismatch("a map", type, "");
        };
    }

    private static Optional<Misfit> mismatch(String expected, Type type, String advice) {
        return Optional.of(new Misfit(
                ProblemCode.TYPE_MISMATCH, expected, "is " + type.inWords() + advice, Optional.empty(), List.of()));
    }

    private static Optional<Misfit> scalar(Type type, Scalar wanted) {
        boolean fits = switch (wanted) {
            case ANY -> true;
            case STRING, ROLE, MEMBER, EVENT, ENTITY, EXPRESSION -> type.sort() == Sort.TEXT;
            case BOOLEAN -> type.sort() == Sort.TRUTH;
            case DECIMAL -> type.sort() == Sort.NUMBER || (type instanceof Type.Text text && text(text, wanted));
            case INTEGER ->
                type instanceof Type.Decimal number
                        && number.value()
                                .map(value -> value.stripTrailingZeros().scale() <= 0)
                                .orElse(true);
            case UUID, DATE, DATETIME, DURATION, CURRENCY -> type instanceof Type.Text text && text(text, wanted);
        };
        return fits ? Optional.empty() : mismatch(ScalarFit.name(wanted), type, advice(type, wanted));
    }

    private static boolean text(Type.Text text, Scalar wanted) {
        if (!text.words().isEmpty()) {
            return text.words().stream()
                    .anyMatch(word ->
                            ScalarFit.fit(StringNode.valueOf(word), wanted).isPresent());
        }
        return text.form() == Form.PLAIN || text.form().name().equals(wanted.name());
    }

    private static String advice(Type type, Scalar wanted) {
        boolean text = wanted == Scalar.STRING;
        if (text && type.sort() != Sort.MAP && type.sort() != Sort.LIST) {
            return "; make it a text with | string";
        }
        if (wanted == Scalar.DATE && type instanceof Type.Text given && given.form() == Form.DATETIME) {
            return "; make a day of it with | date('yyyy-MM-dd')";
        }
        boolean money = type instanceof Type.Text given && given.form() == Form.MONEY;
        return money ? "; leave | money away" : "";
    }

    private static Optional<Misfit> choice(Type type, Choice choice) {
        if (!(type instanceof Type.Text text) || (text.words().isEmpty() && text.form() != Form.PLAIN)) {
            return mismatch(Say.oneOf(choice.values()), type, "");
        }
        Set<String> words = text.words();
        if (words.isEmpty() || words.stream().anyMatch(choice.values()::contains)) {
            return Optional.empty();
        }
        List<String> sorted = words.stream().sorted().toList();
        return Optional.of(new Misfit(
                ProblemCode.NOT_ONE_OF,
                Say.oneOf(choice.values()),
                "is " + (sorted.size() == 1 ? Say.quoted(sorted.getFirst()) : Say.oneOf(sorted)),
                sorted.size() == 1 ? Optional.of(sorted.getFirst()) : Optional.empty(),
                choice.values()));
    }

    private static Optional<Misfit> list(Type type, ListOf wanted) {
        if (type instanceof Type.Items items) {
            return misfit(items.item(), wanted.item())
                    .map(item -> new Misfit(
                            item.code(),
                            "a list, each item " + item.expected(),
                            "has items of which each " + item.found(),
                            item.word(),
                            item.words()));
        }
        return wanted.orSingle() ? misfit(type, wanted.item()) : mismatch("a list", type, "; put [ ] around it");
    }

    private static Optional<Misfit> shape(Type.Mapping given, Shape wanted) {
        for (Field field : wanted.fields()) {
            Optional<Type> part = given.fields().get(field.name());
            if (part.isEmpty() && field.required() && !given.fields().isOpen()) {
                return Optional.of(new Misfit(
                        ProblemCode.REQUIRED, "a map with " + field.name(), "has none", Optional.empty(), List.of()));
            }
            Optional<Misfit> misfit = part.flatMap(type -> misfit(type, field.type()));
            if (misfit.isPresent()) {
                return misfit.map(m -> new Misfit(
                        m.code(),
                        m.expected() + " as " + field.name(),
                        "has one that " + m.found(),
                        m.word(),
                        m.words()));
            }
        }
        return Optional.empty();
    }
}
