package dev.millrace.erp.procurement;

import dev.millrace.erp.Company;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewOrder;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.core.InputProblems;
import dev.millrace.erp.inventory.NamedItems;
import dev.millrace.erp.inventory.Places;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks an order over as it was sent in, and finds everything that is wrong with it at once. Touches nothing. */
final class OrderCheck {
    static final int LINES_MOST = 500;
    private static final BigDecimal QUANTITY_MOST = new BigDecimal("1000000000");
    private static final BigDecimal PRICE_MOST = new BigDecimal("1000000000000");
    private static final BigDecimal RATE_MOST = new BigDecimal("1000000");

    /** Keeps 500 lines, their tax and the company's currency within the columns' sixteen digits. */
    private static final BigDecimal LINE_MOST = new BigDecimal("1000000000000");

    private static final BigDecimal BASE_MOST = new BigDecimal("1000000000000000");
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final Company company;
    private final NewOrder order;
    private final Optional<Supplier> supplier;
    private final NamedItems items;
    private final Places places;
    private final InputProblems problems = new InputProblems();

    private OrderCheck(Company company, NewOrder order, Optional<Supplier> supplier, List<Item> items, Places places) {
        this.company = company;
        this.order = order;
        this.supplier = supplier;
        this.items = new NamedItems(items);
        this.places = places;
    }

    /** What came of it. */
    sealed interface Checked {
        record Sound(PricedOrder order) implements Checked {}

        record Faulty(List<InputProblem> problems) implements Checked {
            public Faulty {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * @param supplier the one that the order names, if there is one
     * @param items those that the order names, as far as there are any
     */
    static Checked check(
            Company company, NewOrder order, Optional<Supplier> supplier, List<Item> items, Places places) {
        return new OrderCheck(company, order, supplier, items, places).check();
    }

    private Checked check() {
        checkSupplier();
        Optional<String> currency = currency();
        Optional<BigDecimal> rate = currency.flatMap(this::rate);
        problems.text("category", order.category());
        problems.text("cost_center", order.costCenter());
        List<PricedOrder.Line> lines = lines();
        if (problems.isEmpty()) {
            var priced = new PricedOrder(
                    supplier.orElseThrow(),
                    currency.orElseThrow(),
                    rate.orElseThrow(),
                    order.category(),
                    order.costCenter(),
                    order.neededBy(),
                    lines);
            if (priced.amountBase().compareTo(BASE_MOST) <= 0) {
                return new Checked.Sound(priced);
            }
            add(
                    "out_of_range",
                    "lines",
                    "Expected a total of at most %s %s"
                            .formatted(BASE_MOST, company.info().currency()));
        }
        return new Checked.Faulty(problems.all());
    }

    private void checkSupplier() {
        if (order.supplierId().isPresent() == order.supplierCode().isPresent()) {
            add("exactly_one_of", "supplier_code", "Expected either supplier_id or supplier_code");
            return;
        }
        String path = order.supplierCode().isPresent() ? "supplier_code" : "supplier_id";
        String named = order.supplierCode()
                .or(() -> order.supplierId().map(UUID::toString))
                .orElse("");
        if (supplier.isEmpty()) {
            add(
                    "supplier_unknown",
                    path,
                    "Expected a supplier of this company at %s but got '%s'".formatted(path, named));
        } else {
            refusal(supplier.get(), path).ifPresent(problems::add);
        }
    }

    /** Why nothing may be ordered from a supplier, if so. */
    static Optional<InputProblem> refusal(Supplier supplier, String path) {
        return switch (supplier.status()) {
            case ACTIVE -> Optional.empty();
            case BLOCKED ->
                Optional.of(new InputProblem(
                        "supplier_blocked",
                        path,
                        "Expected a supplier that may be ordered from at %s, but %s %s is blocked: order from another one or have it unblocked"
                                .formatted(path, supplier.code(), supplier.name())));
            case NEW, REJECTED ->
                Optional.of(new InputProblem(
                        "supplier_not_active",
                        path,
                        "Expected a supplier that may be ordered from at %s, but %s %s is not accepted as a supplier: have it accepted first"
                                .formatted(path, supplier.code(), supplier.name())));
        };
    }

    private Optional<String> currency() {
        Optional<String> wanted = order.currency().or(() -> supplier.map(Supplier::currency));
        if (wanted.isPresent() && !hasTwoDecimals(wanted.get())) {
            add(
                    "currency_unknown",
                    "currency",
                    "Expected the code of a currency with two decimals, such as INR or EUR, but got '%s'"
                            .formatted(wanted.get()));
            return Optional.empty();
        }
        return wanted;
    }

    static boolean hasTwoDecimals(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(
                        c -> c.getCurrencyCode().equals(code) && c.getDefaultFractionDigits() == PricedOrder.DECIMALS);
    }

    private Optional<BigDecimal> rate(String currency) {
        String own = company.info().currency();
        if (currency.equals(own)) {
            if (order.rate().filter(rate -> rate.compareTo(BigDecimal.ONE) != 0).isPresent()) {
                add(
                        "out_of_range",
                        "rate",
                        "Expected no rate or 1, because %s is the company's own currency".formatted(own));
            }
            return Optional.of(BigDecimal.ONE);
        }
        if (order.rate().isEmpty()) {
            add("required", "rate", "Expected at rate what one %s is worth in %s".formatted(currency, own));
        }
        order.rate().ifPresent(rate -> problems.number("rate", rate, 8, BigDecimal.ZERO, false, RATE_MOST));
        return order.rate();
    }

    private List<PricedOrder.Line> lines() {
        if (order.lines().isEmpty() || order.lines().size() > LINES_MOST) {
            add(
                    order.lines().isEmpty() ? "required" : "too_many_lines",
                    "lines",
                    "Expected 1 to %d lines but got %d"
                            .formatted(LINES_MOST, order.lines().size()));
            return List.of();
        }
        // Within a state the tax is owed in two halves; so the total does not depend on how it is shown later.
        boolean halves = company.info().taxRegime().equals("IN_GST")
                && supplier.flatMap(Supplier::stateCode).equals(company.stateCode());
        var priced = new ArrayList<PricedOrder.Line>();
        for (int i = 0; i < order.lines().size(); i++) {
            line(order.lines().get(i), "lines[" + i + "].", halves).ifPresent(priced::add);
        }
        return priced;
    }

    private Optional<PricedOrder.Line> line(NewOrder.Line line, String at, boolean halves) {
        int before = problems.count();
        Optional<Item> item = items.find(line.itemId(), line.itemCode(), at, problems);
        problems.text(at + "description", line.description());
        if (line.quantity().isEmpty()) {
            add("required", at + "quantity", "Expected a quantity at %squantity".formatted(at));
        }
        line.quantity().ifPresent(q -> problems.number(at + "quantity", q, 3, BigDecimal.ZERO, false, QUANTITY_MOST));
        if (line.unitPrice().isEmpty()) {
            add("required", at + "unit_price", "Expected a price without tax at %sunit_price".formatted(at));
        }
        line.unitPrice().ifPresent(p -> problems.number(at + "unit_price", p, 6, BigDecimal.ZERO, true, PRICE_MOST));
        line.gstRate().ifPresent(r -> problems.number(at + "gst_rate", r, 4, BigDecimal.ZERO, true, HUNDRED));
        places.check(line.warehouseId(), at, problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        Item known = item.orElseThrow();
        PricedOrder.Line priced = PricedOrder.Line.of(
                known,
                line.description().orElse(known.name()),
                line.quantity().orElseThrow(),
                line.unitPrice().orElseThrow(),
                line.gstRate().orElse(known.gstRate()),
                halves,
                known.isService() ? Optional.empty() : line.warehouseId().or(places::usual));
        if (priced.amount().compareTo(LINE_MOST) > 0) {
            add(
                    "out_of_range",
                    at + "quantity",
                    "Expected a line of at most %s but got %s".formatted(LINE_MOST, priced.amount()));
        }
        return Optional.of(priced);
    }

    private void add(String code, String path, String message) {
        problems.add(code, path, message);
    }
}
