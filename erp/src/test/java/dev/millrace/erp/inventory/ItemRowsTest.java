package dev.millrace.erp.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.erp.Item;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ItemRowsTest {
    private final World world = new World();
    private final ItemRows rows = new ItemRows();

    @Test
    void everything_of_an_item_is_kept() {
        Item valve = valve(
                Optional.of(new BigDecimal("3200.00")),
                Optional.of(supplier(world).id()));

        insert(valve);

        assertThat(find(valve.id())).contains(valve);
        assertThat(find(new UUID(1, 2))).isEmpty();
    }

    @Test
    void a_new_price_is_what_it_is_sold_at_from_then_on() {
        Item valve = valve(Optional.empty(), Optional.empty());
        insert(valve);

        boolean there = world.run(tx -> rows.reprice(tx, valve.id(), new BigDecimal("3300.50")));
        boolean elsewhere = world.run(tx -> rows.reprice(tx, new UUID(1, 2), BigDecimal.ONE));

        assertThat(there).isTrue();
        assertThat(elsewhere).isFalse();
        assertThat(find(valve.id()).orElseThrow().salesPrice()).contains(new BigDecimal("3300.50"));
    }

    @Test
    void the_database_refuses_a_price_below_nothing_and_a_supplier_that_is_none_of_the_company() {
        assertThatThrownBy(() -> insert(valve(Optional.of(new BigDecimal("-1")), Optional.empty())))
                .hasMessageContaining("items_sales_price_check");
        UUID elsewhere = supplier(new World()).id();
        assertThatThrownBy(() -> insert(valve(Optional.empty(), Optional.of(elsewhere))))
                .hasMessageContaining("items_tenant_id_preferred_supplier_id_fkey");
    }

    private Optional<Item> find(UUID id) {
        return world.run(tx -> rows.byId(tx, id));
    }

    private int insert(Item item) {
        return world.run(tx -> {
            rows.insert(tx, List.of(item));
            return 1;
        });
    }

    private static Supplier supplier(World world) {
        return world.run(tx -> world.erp.masters().suppliers(tx, "", 1)).getFirst();
    }

    private Item valve(Optional<BigDecimal> price, Optional<UUID> supplier) {
        return new Item(
                world.erp.ids().get(),
                "VALVE",
                "Ball valve",
                "84818030",
                false,
                "NOS",
                new BigDecimal("18"),
                new BigDecimal("2890.00"),
                price,
                supplier,
                true,
                true,
                new BigDecimal("2.5"),
                Optional.of("1210"),
                Optional.of("5300"),
                true);
    }
}
