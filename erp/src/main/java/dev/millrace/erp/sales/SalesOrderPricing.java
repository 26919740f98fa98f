package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewSalesOrder;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.Places;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.inventory.WarehouseRows;
import dev.millrace.erp.pricing.SellingPrices;
import dev.millrace.erp.sales.SalesOrderCheck.Checked;
import java.util.List;
import java.util.Optional;

/** Looks up what a sales order names, and prices it. Writes nothing but prices whose day has come. */
final class SalesOrderPricing {
    private final StockBook stock;
    private final SellingPrices prices = new SellingPrices();
    private final CompanyRows companies = new CompanyRows();
    private final CustomerRows customers = new CustomerRows();
    private final ItemRows items = new ItemRows();
    private final WarehouseRows warehouses = new WarehouseRows();

    SalesOrderPricing(StockBook stock) {
        this.stock = stock;
    }

    Checked price(Tx tx, NewSalesOrder order) {
        prices.takeEffect(tx);
        List<Item> named = items(tx, order);
        return SalesOrderCheck.check(
                companies.get(tx),
                order,
                new SalesOrderCheck.Facts(
                        customer(tx, order),
                        named,
                        stock.costs(tx, named.stream().map(Item::id).toList()),
                        Places.of(warehouses.all(tx))));
    }

    private Optional<Customer> customer(Tx tx, NewSalesOrder order) {
        return order.customerCode()
                .flatMap(code -> customers.byCode(tx, code))
                .or(() -> order.customerId().flatMap(id -> customers.byId(tx, id)));
    }

    private List<Item> items(Tx tx, NewSalesOrder order) {
        // More lines than are allowed are refused whatever they name.
        List<NewSalesOrder.Line> lines = order.lines().size() > SalesOrderCheck.LINES_MOST ? List.of() : order.lines();
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
