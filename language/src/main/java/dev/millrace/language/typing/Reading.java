package dev.millrace.language.typing;

import dev.millrace.language.expression.Extent;
import dev.millrace.language.expression.Node;
import dev.millrace.language.typing.Type.Sort;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The types of fields, indexes and slices. */
final class Reading {
    private final Report report;

    Reading(Report report) {
        this.report = report;
    }

    /** @param safe a condition has asked for what holds the field */
    Type field(Node.Access access, Type target, Type key, boolean safe) {
        int before = report.findings().size();
        Type field = part(access, target, key);
        if (target instanceof Type.Maybe && !safe && report.findings().size() == before) {
            report.possiblyNoHolder(access);
        }
        return field;
    }

    private Type part(Node.Access access, Type target, Type key) {
        if (key instanceof Type.Maybe) {
            report.possiblyNone(access.key(), key);
        }
        Optional<JsonNode> constant =
                access.key() instanceof Node.Constant written ? Optional.of(written.value()) : Optional.empty();
        return switch (target.present()) {
            case Type.Unknown any -> Types.ANY;
            case Type.Mapping map -> ofMap(access, map.fields(), constant);
            case Type.Items items -> constant.isPresent() && !constant.get().isNumber() ? none(access) : items.item();
            case Type.Text text -> constant.isPresent() && !constant.get().isNumber() ? none(access) : Types.TEXT;
            case Type.None none -> none(access);
            case Type.Truth truth -> none(access);
            case Type.Decimal number -> none(access);
            case Type.Maybe maybe -> Types.ANY;
        };
    }

    private Type ofMap(Node.Access access, Fields fields, Optional<JsonNode> key) {
        if (key.isEmpty() || !key.get().isString()) {
            return Types.ANY;
        }
        String name = key.get().stringValue();
        Optional<Type> type = fields.get(name);
        if (type.isEmpty() && !fields.isOpen()) {
            report.unknownField(access, report.shown(access.target()), name, fields.names());
        }
        return type.orElse(Types.ANY);
    }

    private Type none(Node.Access access) {
        String name = access.key() instanceof Node.Constant key ? key.value().asString() : report.shown(access.key());
        report.unknownField(access, report.shown(access.target()), name, List.of());
        return Types.ANY;
    }

    /** Warns of what may be missing where it stands, and goes on as if it were there. */
    Type there(Node node, Type type) {
        if (type instanceof Type.Maybe) {
            report.possiblyNone(node, type);
        }
        return type.present();
    }

    Type slice(Node.Slice slice, Type target) {
        return switch (target.sort()) {
            case LIST -> target;
            case TEXT -> Types.TEXT;
            case ANY -> Types.ANY;
            case NONE, TRUTH, NUMBER, MAP -> {
                report.mismatch(
                        slice,
                        "a list or a text before [:]",
                        "there is " + Operand.of(target, slice.target()).shown(report) + "; name one field instead");
                yield Types.ANY;
            }
        };
    }

    void bound(Node node, Type type) {
        Type there = there(node, type);
        boolean whole = there instanceof Type.Decimal number
                && number.value()
                        .map(value -> value.stripTrailingZeros().scale() <= 0)
                        .orElse(true);
        if (!whole && there.sort() != Sort.ANY && there.sort() != Sort.NONE) {
            report.mismatch(
                    node,
                    "whole numbers in [:]",
                    "there is " + Operand.of(there, node).shown(report) + "; use | int");
        }
    }

    void key(Node node, Type type) {
        Type there = there(node, type);
        if (there.sort() != Sort.TEXT && there.sort() != Sort.ANY) {
            report.mismatch(
                    node,
                    "a text as key of a map",
                    "there is " + Operand.of(there, node).shown(report) + "; put it in quotes");
        }
    }

    /** The type of what a path of names reads in each item of a list. */
    Type path(Extent at, String holder, Type item, List<JsonNode> keys) {
        Type type = item;
        for (JsonNode key : keys) {
            Type next = next(at, holder, type.present(), key);
            type = type instanceof Type.Maybe && !(next instanceof Type.Unknown) ? next.orNone() : next;
        }
        return type;
    }

    private Type next(Extent at, String holder, Type type, JsonNode key) {
        if (type instanceof Type.Items items && key.isNumber()) {
            return items.item();
        }
        if (!(type instanceof Type.Mapping map) || !key.isString()) {
            return Types.ANY;
        }
        Optional<Type> field = map.fields().get(key.stringValue());
        if (field.isEmpty() && !map.fields().isOpen()) {
            report.unknownField(at, holder, key.stringValue(), map.fields().names());
        }
        return field.orElse(Types.ANY);
    }
}
