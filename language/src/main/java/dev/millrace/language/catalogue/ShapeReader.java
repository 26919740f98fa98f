package dev.millrace.language.catalogue;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.util.Optional;

/** {@code {"fields": […], "exactly_one_of": […], "open": …}}, and the types of fields. */
final class ShapeReader {
    private ShapeReader() {}

    /** Nothing at all is a shape without fields. */
    static Shape shape(Entry entry) {
        return new Shape(
                entry.key("fields").items().stream().map(ShapeReader::field).toList(),
                entry.key("exactly_one_of").items().stream().map(Entry::texts).toList(),
                entry.key("open").flag());
    }

    private static Field field(Entry entry) {
        Entry byDefault = entry.key("default");
        return new Field(
                entry.key("name").text(),
                type(entry.key("type")),
                entry.key("required").flag(),
                entry.key("description").text(""),
                entry.key("min").number(),
                entry.key("max").number(),
                byDefault.isGiven() ? Optional.of(byDefault.node()) : Optional.empty());
    }

    private static ValueType type(Entry entry) {
        if (entry.node().isString()) {
            return CatalogueReader.word(entry, Scalar.values());
        }
        if (entry.key("one_of").isGiven()) {
            return new Choice(entry.key("one_of").texts());
        }
        if (entry.key("list_of").isGiven()) {
            return new ListOf(type(entry.key("list_of")), entry.key("or_single").flag());
        }
        if (entry.key("map_of").isGiven()) {
            return new MapOf(type(entry.key("map_of")));
        }
        if (entry.key("fields").isGiven()) {
            return shape(entry);
        }
        throw entry.fault("a type (a word, or a map with one_of, list_of, map_of or fields)");
    }
}
