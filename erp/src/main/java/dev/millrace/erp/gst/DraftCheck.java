package dev.millrace.erp.gst;

import static java.util.stream.Collectors.toMap;

import dev.millrace.erp.Customer;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewSalesInvoice;
import dev.millrace.erp.SalesInvoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Looks an invoice over as it was sent in, and finds everything that is wrong with it at once. Touches nothing. */
final class DraftCheck {
    private static final int LINES_MOST = 1_000;
    private static final int TEXT_MOST = 300;
    private static final BigDecimal QUANTITY_MOST = new BigDecimal("1000000000");

    /** Keeps a thousand lines and their tax within the columns' sixteen digits. */
    private static final BigDecimal AMOUNT_MOST = new BigDecimal("1000000000000");

    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final String OTHER_UNIT = "OTH";
    private static final String SERVICES = "99";

    private final NewSalesInvoice invoice;
    private final Optional<Customer> customer;
    private final Map<UUID, Item> byId;
    private final Map<String, Item> byCode;
    private final List<InputProblem> problems = new ArrayList<>();

    /**
     * @param customer the one that the invoice names, if there is one
     * @param items those that it names, as far as there are any
     */
    DraftCheck(NewSalesInvoice invoice, Optional<Customer> customer, List<Item> items) {
        this.invoice = invoice;
        this.customer = customer;
        this.byId = items.stream().collect(toMap(Item::id, item -> item));
        this.byCode = items.stream().collect(toMap(Item::code, item -> item));
    }

    /** What is wrong; empty: nothing. */
    List<InputProblem> problems() {
        return List.copyOf(problems);
    }

    /** Its lines as far as they are sound; all of them are when there are no {@link #problems()}. */
    List<SalesInvoice.Line> lines() {
        if (invoice.customerId().isPresent() == invoice.customerCode().isPresent()) {
            add("exactly_one_of", "customer_code", "Expected either customer_id or customer_code");
        } else if (customer.isEmpty()) {
            add(
                    "customer_unknown",
                    "customer_code",
                    "Expected a customer of this company but there is none of that name");
        }
        var lines = new ArrayList<SalesInvoice.Line>();
        int count = invoice.lines().size();
        if (count == 0 || count > LINES_MOST) {
            add(
                    count == 0 ? "required" : "too_many_lines",
                    "lines",
                    "Expected 1 to %d lines but got %d".formatted(LINES_MOST, count));
            return lines;
        }
        for (int i = 0; i < count; i++) {
            line(i, invoice.lines().get(i)).ifPresent(lines::add);
        }
        return lines;
    }

    private Optional<SalesInvoice.Line> line(int index, NewSalesInvoice.Line line) {
        String path = "lines[" + index + "]";
        int before = problems.size();
        boolean namesItem = line.itemId().isPresent() || line.itemCode().isPresent();
        Optional<Item> item = line.itemId()
                .flatMap(id -> Optional.ofNullable(byId.get(id)))
                .or(() -> line.itemCode().flatMap(code -> Optional.ofNullable(byCode.get(code))));
        if (namesItem && item.filter(Item::active).isEmpty()) {
            add("item_unknown", path + ".item_code", "Expected an active item of this company at " + path);
        }
        String description = line.description().or(() -> item.map(Item::name)).orElse("");
        if (description.isBlank() || description.length() > TEXT_MOST) {
            add("required", path + ".description", "Expected 1 to 300 characters that say what is sold");
        }
        within(path + ".quantity", line.quantity(), 3, QUANTITY_MOST);
        if (line.quantity().signum() == 0) {
            add("out_of_range", path + ".quantity", "Expected a quantity above 0");
        }
        Optional<BigDecimal> price = line.unitPrice().or(() -> item.flatMap(Item::salesPrice));
        Optional<BigDecimal> rate = line.gstRate().or(() -> item.map(Item::gstRate));
        price.ifPresentOrElse(
                p -> within(path + ".unit_price", p, 6, AMOUNT_MOST),
                () -> add(
                        "required",
                        path + ".unit_price",
                        "Expected a price: there is no item with a selling price to take it from"));
        rate.ifPresentOrElse(
                r -> within(path + ".gst_rate", r, 4, HUNDRED),
                () -> add("required", path + ".gst_rate", "Expected a rate of tax: there is no item to take it from"));
        within(path + ".discount", line.discount(), 2, AMOUNT_MOST);
        if (problems.size() > before) {
            return Optional.empty();
        }
        BigDecimal amount =
                line.quantity().multiply(price.orElseThrow()).setScale(TaxSplit.DECIMALS, RoundingMode.HALF_UP);
        if (amount.compareTo(AMOUNT_MOST) > 0 || line.discount().compareTo(amount) > 0) {
            add(
                    "out_of_range",
                    path,
                    "Expected a line of at most %s and a discount of at most its amount".formatted(AMOUNT_MOST));
            return Optional.empty();
        }
        String hsn = item.map(Item::hsnSac).or(line::hsnSac).orElse("");
        return Optional.of(new SalesInvoice.Line(
                index + 1,
                item.map(Item::id),
                description,
                hsn.matches("[0-9]{4,8}") ? hsn : "",
                hsn.startsWith(SERVICES),
                item.map(Item::uqc).orElse(OTHER_UNIT),
                line.quantity(),
                price.orElseThrow(),
                line.discount().setScale(TaxSplit.DECIMALS),
                amount.subtract(line.discount()),
                rate.orElseThrow(),
                TaxSplit.ZERO,
                TaxSplit.ZERO,
                TaxSplit.ZERO));
    }

    private void within(String path, BigDecimal value, int decimals, BigDecimal most) {
        if (value.signum() < 0
                || value.compareTo(most) > 0
                || value.stripTrailingZeros().scale() > decimals) {
            add(
                    "out_of_range",
                    path,
                    "Expected 0 to %s with at most %d decimals at %s but got %s"
                            .formatted(most.toPlainString(), decimals, path, value.toPlainString()));
        }
    }

    private void add(String code, String path, String message) {
        problems.add(new InputProblem(code, path, message));
    }
}
