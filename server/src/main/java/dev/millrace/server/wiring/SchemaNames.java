package dev.millrace.server.wiring;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of the schemas: a record's own, after that of the class that it stands in. {@code PaymentRun.Proposal} is {@code
 * PaymentRunProposal}, {@code OrderForm.LineForm} is {@code OrderLineForm}.
 */
final class SchemaNames extends TypeNameResolver {
    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    /**
     * @throws IllegalStateException two types would be described as one
     */
    @Override
    protected String getNameOfClass(Class<?> type) {
        if (!type.getName().startsWith("dev.millrace.")) {
            return super.getNameOfClass(type);
        }
        String name = name(type);
        Class<?> first = named.putIfAbsent(name, type);
        if (first != null && first != type) {
            throw new IllegalStateException(first.getName() + " and " + type.getName() + " are both called " + name
                    + " in the API: rename one");
        }
        return name;
    }

    /** The type that a schema describes; empty for those that are none of ours. */
    Optional<Class<?>> typeOf(String schema) {
        return Optional.ofNullable(named.get(schema));
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        if (outer == null) {
            return type.getSimpleName();
        }
        String prefix = name(outer).replaceAll("(Endpoint|Form|Body)$", "");
        return type.getSimpleName().startsWith(prefix) ? type.getSimpleName() : prefix + type.getSimpleName();
    }
}
