package dev.millrace.language.typing;

import dev.millrace.language.expression.AttributePath;
import dev.millrace.language.expression.Extent;
import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Call;
import dev.millrace.language.typing.Type.Sort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Fields of the items of a list, as {@code attribute='…'} names them. */
final class ItemFields {
    private static final Set<String> ORDERING = Set.of("sort", "min", "max");

    private final Report report;
    private final Reading reading;

    ItemFields(Report report) {
        this.report = report;
        this.reading = new Reading(report);
    }

    /** @param lenient an item without the field is dealt with */
    Type read(Optional<Node> attribute, Type item, String holder, boolean lenient) {
        Optional<JsonNode> written =
                attribute.filter(node -> node instanceof Node.Constant).map(node -> ((Node.Constant) node).value());
        if (written.isEmpty() || !written.get().isString() || lenient) {
            return Types.ANY;
        }
        return read(attribute.orElseThrow(), written.get().stringValue(), item, holder);
    }

    private Type read(Node attribute, String path, Type item, String holder) {
        List<JsonNode> keys = AttributePath.of(path).keys();
        if (item.sort() == Sort.ANY) {
            return Types.ANY;
        }
        Extent whole = report.at(attribute);
        Extent inQuotes = report.find(path, whole);
        if (item.sort() != Sort.MAP && !keys.getFirst().isNumber()) {
            report.mismatch(whole, "a list of maps before attribute='" + path + "'", holder + " is " + item.inWords());
            return Types.ANY;
        }
        return reading.path(inQuotes, holder, item, keys);
    }

    /** What comes out of a filter for lists, given the field by which it looks at the items. */
    Type result(Operand target, Call call, Type list, Type otherwise) {
        String name = call.operation().name();
        int position = position(call);
        if (position < 0 || list.sort() == Sort.ANY) {
            return otherwise;
        }
        Optional<Node> attribute = call.arguments().get(position);
        Type item = Signatures.item(list);
        String holder = "each item of " + target.name(report);
        if (attribute.isEmpty()) {
            asked(name, call, item, holder);
            return name.equals("sum") ? summed(item) : otherwise;
        }
        Type field = name.equals("sort") ? sorted(attribute.get(), item, holder) : read(attribute, item, holder, false);
        asked(name, call, field, "the field in " + holder);
        return name.equals("sum") ? summed(field) : otherwise;
    }

    private static int position(Call call) {
        for (int i = 0; i < call.operation().parameters().size(); i++) {
            if (call.operation().parameters().get(i).name().equals("attribute")) {
                return i;
            }
        }
        return -1;
    }

    private static Type summed(Type item) {
        return item.present() instanceof Type.Decimal number
                ? new Type.Decimal(number.whole(), number.unit(), Optional.empty())
                : Types.NUMBER;
    }

    /** Several fields, one after the other. */
    private Type sorted(Node attribute, Type item, String holder) {
        if (!(attribute instanceof Node.Constant constant) || !constant.value().isString()) {
            return Types.ANY;
        }
        Type last = Types.ANY;
        for (String path : constant.value().stringValue().split(",", -1)) {
            last = read(attribute, path, item, holder);
        }
        return last;
    }

    /** Only numbers are summed; maps and none have no order. */
    private void asked(String filter, Call call, Type item, String holder) {
        Sort sort = item.sort();
        if (sort == Sort.ANY) {
            return;
        }
        boolean summed = filter.equals("sum") && sort != Sort.NUMBER;
        boolean ordered = ORDERING.contains(filter) && (sort == Sort.MAP || sort == Sort.NONE);
        if (summed || ordered) {
            report.mismatch(
                    report.at(call),
                    (summed ? "numbers" : "numbers or texts") + " in the list before | " + filter,
                    holder + " is " + item.inWords()
                            + (sort == Sort.MAP
                                    ? "; name the field: " + filter + "(attribute='…')"
                                    : summed ? "; convert them with map('float')" : ""));
        } else if (item instanceof Type.Maybe && (filter.equals("sum") || ORDERING.contains(filter))) {
            report.possiblyNoneItems(call, holder, filter);
        }
    }

    /** What is picked because it has a value has one. */
    static Type narrowed(Node.Picked picked, Type item) {
        if (!asksForValue(picked)) {
            return item;
        }
        if (picked.attribute().isEmpty()) {
            return item.present();
        }
        boolean field = picked.attribute().get() instanceof Node.Constant constant
                && constant.value().isString()
                && item.present() instanceof Type.Mapping;
        if (!field) {
            return item;
        }
        String name = ((Node.Constant) picked.attribute().get()).value().stringValue();
        Fields fields = ((Type.Mapping) item.present()).fields();
        return fields.get(name)
                .<Type>map(type -> new Type.Mapping(Fields.with(fields, name, type.present())))
                .orElse(item);
    }

    private static boolean asksForValue(Node.Picked picked) {
        if (picked.test().isEmpty()) {
            return picked.keep();
        }
        Call test = picked.test().get();
        boolean againstNone = !test.arguments().isEmpty()
                && test.arguments().getFirst().filter(ItemFields::isNone).isPresent();
        return switch (test.operation().name()) {
            case "none" -> !picked.keep();
            case "eq", "==", "equalto" -> picked.keep() != againstNone;
            case "ne", "!=" -> againstNone ? picked.keep() : !picked.keep();
            case "defined", "undefined" -> false;
            default -> picked.keep();
        };
    }

    private static boolean isNone(Node node) {
        return node instanceof Node.Constant constant && constant.value().isNull();
    }
}
