package dev.millrace.language.typing;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The static types of what a shape declares.
 *
 * @param undefined optional fields without value are not there at all: values that nobody normalised
 */
public record Declared(boolean undefined) {
    /** Every declared field is there; an optional one without value is none. */
    public static final Declared NORMALISED = new Declared(false);

    /** What came in as JSON and was checked, but not completed. */
    public static final Declared AS_GIVEN = new Declared(true);

    /** Of a payload or a row: without a currency of its own it is in the tenant's. */
    public Type document(Shape shape) {
        return new Type.Mapping(fields(shape, Optional.of(Unit.TENANT)));
    }

    /** Of an output: without a currency of its own nothing is known of its amounts. */
    public Type output(Shape shape) {
        return new Type.Mapping(fields(shape, Optional.empty()));
    }

    private Fields fields(Shape shape, Optional<Unit> around) {
        boolean own = shape.field("currency").isPresent();
        Optional<Unit> unit = own ? Optional.of(new Unit(true, base(shape))) : around.map(Unit::withoutBase);
        Map<String, Type> types = new LinkedHashMap<>();
        for (Field field : shape.fields()) {
            Type type = type(field, unit);
            boolean there = field.required() || field.defaultValue().isPresent();
            types.put(field.name(), there ? type : undefined ? type.orUndefined() : type.orNone());
        }
        return Fields.of(types, shape.open());
    }

    private static Optional<String> base(Shape shape) {
        return shape.fields().stream()
                .map(Field::name)
                .filter(name -> name.equals("amount_base"))
                .findFirst();
    }

    private Type type(Field field, Optional<Unit> around) {
        if (field.type() != Scalar.DECIMAL || !Unit.isAmount(field.name())) {
            return type(field.type(), around);
        }
        Optional<Unit> unit =
                around.isPresent() && Unit.isAlwaysTenants(field.name()) ? Optional.of(Unit.TENANT) : around;
        return new Type.Decimal(false, unit, Optional.empty());
    }

    private Type type(ValueType type, Optional<Unit> around) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case Choice choice -> new Type.Text(Type.Form.PLAIN, Set.copyOf(choice.values()), false);
            case ListOf list -> new Type.Items(type(list.item(), around));
            case MapOf map -> new Type.Mapping(new Values(type(map.value(), Optional.empty())));
            case Shape shape -> new Type.Mapping(fields(shape, around));
        };
    }

    static Type scalar(Scalar scalar) {
        return switch (scalar) {
            case ANY -> Types.ANY;
            case STRING, EXPRESSION, ROLE, MEMBER, EVENT, ENTITY -> Types.TEXT;
            case INTEGER -> Types.WHOLE;
            case DECIMAL -> Types.NUMBER;
            case BOOLEAN -> Types.TRUTH;
            case UUID -> Types.text(Type.Form.UUID);
            case DATE -> Types.text(Type.Form.DATE);
            case DATETIME -> Types.text(Type.Form.DATETIME);
            case DURATION -> Types.text(Type.Form.DURATION);
            case CURRENCY -> Types.text(Type.Form.CURRENCY);
        };
    }

    /** A map whose values are of one type, whatever their names. */
    private record Values(Type value) implements Fields {
        @Override
        public Optional<Type> get(String name) {
            return Optional.of(value);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
