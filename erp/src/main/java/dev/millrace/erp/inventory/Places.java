package dev.millrace.erp.inventory;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.millrace.erp.Warehouse;
import dev.millrace.erp.core.InputProblems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where goods may lie.
 *
 * @param usual where they go, or come from, when an order does not say
 */
public record Places(Set<UUID> warehouses, Optional<UUID> usual) {
    public Places {
        warehouses = Set.copyOf(warehouses);
    }

    public static Places of(List<Warehouse> all) {
        List<Warehouse> active = all.stream().filter(Warehouse::active).toList();
        return new Places(
                active.stream().map(Warehouse::id).collect(toUnmodifiableSet()),
                active.stream().filter(Warehouse::isDefault).map(Warehouse::id).findFirst());
    }

    /**
     * @param at where the line stands, {@code lines[0].}
     */
    public void check(Optional<UUID> warehouse, String at, InputProblems problems) {
        warehouse
                .filter(id -> !warehouses.contains(id))
                .ifPresent(id -> problems.add(
                        "warehouse_unknown",
                        at + "warehouse_id",
                        "Expected a warehouse of this company at %swarehouse_id but got '%s'".formatted(at, id)));
    }
}
