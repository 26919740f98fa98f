package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewOrder;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.Places;
import dev.millrace.erp.inventory.WarehouseRows;
import dev.millrace.erp.procurement.OrderCheck.Checked;
import java.util.List;
import java.util.Optional;

/** Looks up what an order names, and prices it. Writes nothing. */
final class OrderPricing {
    private final CompanyRows companies = new CompanyRows();
    private final SupplierRows suppliers = new SupplierRows();
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();

    Checked price(Tx tx, NewOrder order) {
        Company company = companies.get(tx);
        return OrderCheck.check(company, order, supplier(tx, order), items(tx, order), Places.of(warehouses.all(tx)));
    }

    private Optional<Supplier> supplier(Tx tx, NewOrder order) {
        return order.supplierCode()
                .flatMap(code -> suppliers.byCode(tx, code))
                .or(() -> order.supplierId().flatMap(id -> suppliers.byId(tx, id)));
    }

    private List<Item> items(Tx tx, NewOrder order) {
        // More lines than are allowed are refused whatever they name.
        List<NewOrder.Line> lines = order.lines().size() > OrderCheck.LINES_MOST ? List.of() : order.lines();
        return items.find(
                tx,
                lines.stream()
                        .flatMap(line -> line.itemId().stream())
                        .distinct()
                        .toList(),
                lines.stream()
                        .flatMap(line -> line.itemCode().stream())
                        .distinct()
                        .toList());
    }
}
