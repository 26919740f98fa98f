package dev.millrace.erp.sales;

import dev.millrace.erp.Company;
import dev.millrace.erp.Customer;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewSalesOrder;
import dev.millrace.erp.core.InputProblems;
import dev.millrace.erp.inventory.NamedItems;
import dev.millrace.erp.inventory.Places;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Looks a sales order over as it was sent in, and finds everything that is wrong with it at once. Touches nothing. */
final class SalesOrderCheck {
    static final int LINES_MOST = 500;
    private static final BigDecimal QUANTITY_MOST = new BigDecimal("1000000000");
    private static final BigDecimal PRICE_MOST = new BigDecimal("1000000000000");

    /** Keeps 500 lines and their tax within the columns' sixteen digits. */
    private static final BigDecimal LINE_MOST = new BigDecimal("1000000000000");

    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final Company company;
    private final NewSalesOrder order;
    private final Facts facts;
    private final NamedItems items;
    private final InputProblems problems = new InputProblems();

    private SalesOrderCheck(Company company, NewSalesOrder order, Facts facts) {
        this.company = company;
        this.order = order;
        this.facts = facts;
        this.items = new NamedItems(facts.items());
    }

    /**
     * What the order names, as far as it is there.
     *
     * @param costs what one of each is worth
     */
    record Facts(Optional<Customer> customer, List<Item> items, Map<UUID, BigDecimal> costs, Places places) {
        Facts {
            items = List.copyOf(items);
            costs = Map.copyOf(costs);
        }
    }

    /** What came of it. */
    sealed interface Checked {
        record Sound(PricedSalesOrder order) implements Checked {}

        record Faulty(List<InputProblem> problems) implements Checked {
            public Faulty {
                problems = List.copyOf(problems);
            }
        }
    }

    static Checked check(Company company, NewSalesOrder order, Facts facts) {
        return new SalesOrderCheck(company, order, facts).check();
    }

    private Checked check() {
        checkCustomer();
        String own = company.info().currency();
        order.currency()
                .filter(currency -> !currency.equals(own))
                .ifPresent(currency -> problems.add(
                        "currency_unknown",
                        "currency",
                        "Expected no currency or %s, in which this company invoices, but got '%s'"
                                .formatted(own, currency)));
        problems.text("customer_ref", order.customerRef());
        List<PricedSalesOrder.Line> lines = lines();
        return problems.isEmpty()
                ? new Checked.Sound(new PricedSalesOrder(
                        facts.customer().orElseThrow(), own, order.customerRef(), order.neededBy(), lines))
                : new Checked.Faulty(problems.all());
    }

    private void checkCustomer() {
        if (order.customerId().isPresent() == order.customerCode().isPresent()) {
            problems.add("exactly_one_of", "customer_code", "Expected either customer_id or customer_code");
        } else if (facts.customer().isEmpty()) {
            String path = order.customerCode().isPresent() ? "customer_code" : "customer_id";
            String named = order.customerCode()
                    .or(() -> order.customerId().map(UUID::toString))
                    .orElse("");
            problems.add(
                    "customer_unknown",
                    path,
                    "Expected a customer of this company at %s but got '%s'".formatted(path, named));
        }
    }

    private List<PricedSalesOrder.Line> lines() {
        if (order.lines().isEmpty() || order.lines().size() > LINES_MOST) {
            problems.add(
                    order.lines().isEmpty() ? "required" : "too_many_lines",
                    "lines",
                    "Expected 1 to %d lines but got %d"
                            .formatted(LINES_MOST, order.lines().size()));
            return List.of();
        }
        var priced = new ArrayList<PricedSalesOrder.Line>();
        for (int i = 0; i < order.lines().size(); i++) {
            line(order.lines().get(i), "lines[" + i + "].").ifPresent(priced::add);
        }
        return priced;
    }

    private Optional<PricedSalesOrder.Line> line(NewSalesOrder.Line line, String at) {
        int before = problems.count();
        Optional<Item> item = items.find(line.itemId(), line.itemCode(), at, problems);
        problems.text(at + "description", line.description());
        if (line.quantity().isEmpty()) {
            problems.add("required", at + "quantity", "Expected a quantity at %squantity".formatted(at));
        }
        line.quantity().ifPresent(q -> problems.number(at + "quantity", q, 3, BigDecimal.ZERO, false, QUANTITY_MOST));
        Optional<BigDecimal> price = line.unitPrice().or(() -> item.flatMap(Item::salesPrice));
        if (price.isEmpty() && item.isPresent()) {
            problems.add(
                    "price_missing",
                    at + "unit_price",
                    "Expected a price at %sunit_price, because %s has no selling price"
                            .formatted(at, item.get().code()));
        }
        price.ifPresent(p -> problems.number(at + "unit_price", p, 6, BigDecimal.ZERO, true, PRICE_MOST));
        line.discountPercent()
                .ifPresent(d -> problems.number(at + "discount_percent", d, 4, BigDecimal.ZERO, true, HUNDRED));
        line.gstRate().ifPresent(r -> problems.number(at + "gst_rate", r, 4, BigDecimal.ZERO, true, HUNDRED));
        facts.places().check(line.warehouseId(), at, problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        PricedSalesOrder.Line priced = priced(line, item.orElseThrow(), price.orElseThrow());
        if (priced.amount().compareTo(LINE_MOST) > 0) {
            problems.add(
                    "out_of_range",
                    at + "quantity",
                    "Expected a line of at most %s but got %s".formatted(LINE_MOST, priced.amount()));
        }
        return Optional.of(priced);
    }

    private PricedSalesOrder.Line priced(NewSalesOrder.Line line, Item item, BigDecimal price) {
        return PricedSalesOrder.Line.of(
                item,
                line.description().orElse(item.name()),
                line.quantity().orElseThrow(),
                price,
                line.discountPercent().orElse(BigDecimal.ZERO),
                line.gstRate().orElse(item.gstRate()),
                isTaxedInHalves(),
                Optional.ofNullable(facts.costs().get(item.id())),
                item.isService() ? Optional.empty() : line.warehouseId().or(facts.places()::usual));
    }

    /** Within a state the tax is owed in two halves; so the order comes to what its invoice will. */
    private boolean isTaxedInHalves() {
        return company.info().taxRegime().equals("IN_GST")
                && facts.customer()
                        .filter(customer -> customer.treatment() == Customer.Treatment.REGULAR)
                        .flatMap(Customer::stateCode)
                        .equals(company.stateCode());
    }
}
