package dev.millrace.erp.payables;

import dev.millrace.erp.Company;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.NewSupplierInvoice;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.SupplierInvoice.Line;
import dev.millrace.erp.procurement.OrderedGoods;
import dev.millrace.erp.procurement.OrderedGoods.Ordered;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks an invoice over as it came in, and finds everything that keeps it from being taken at once. Touches nothing. */
final class InvoiceCheck {
    private static final int LINES_MOST = 500;
    private static final int NUMBER_MOST = 100;
    private static final int TEXT_MOST = 200;
    private static final BigDecimal QUANTITY_MOST = new BigDecimal("1000000000");
    private static final BigDecimal AMOUNT_MOST = new BigDecimal("1000000000000");
    private static final BigDecimal RATE_MOST = new BigDecimal("1000000");
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final Company company;
    private final LocalDate today;
    private final NewSupplierInvoice invoice;
    private final Optional<Ordered> order;
    private final Map<Integer, OrderedGoods.Line> ordered;
    private final List<InputProblem> problems = new ArrayList<>();

    InvoiceCheck(Company company, LocalDate today, NewSupplierInvoice invoice, Optional<Ordered> order) {
        this.company = company;
        this.today = today;
        this.invoice = invoice;
        this.order = order;
        this.ordered = order.stream()
                .flatMap(found -> found.lines().stream())
                .collect(Collectors.toMap(line -> line.lineNo(), Function.identity()));
    }

    List<InputProblem> problems() {
        return problems;
    }

    /**
     * @param due by the supplier's terms and the law
     * @return sound only where there are no {@link #problems()}
     */
    Optional<CheckedInvoice> check(Supplier supplier, LocalDate due) {
        head();
        String currency = currency(supplier);
        Optional<BigDecimal> rate = rate(currency);
        List<Line> lines = lines();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CheckedInvoice(
                supplier.id(),
                invoice.invoiceNumber().strip(),
                company.fiscalYear(invoice.invoiceDate()),
                invoice.invoiceDate(),
                due,
                invoice.purchaseOrder(),
                currency,
                rate.orElseThrow(),
                invoice.charges().orElse(BigDecimal.ZERO),
                invoice.roundOff().orElse(BigDecimal.ZERO),
                invoice.total(),
                invoice.irn(),
                lines));
    }

    private void head() {
        if (CheckedInvoice.normalised(invoice.invoiceNumber()).isEmpty()
                || invoice.invoiceNumber().length() > NUMBER_MOST) {
            add("out_of_range", "invoice_number", "Expected letters or digits, at most " + NUMBER_MOST + " characters");
        }
        if (invoice.invoiceDate().isAfter(today)) {
            add(
                    "out_of_range",
                    "invoice_date",
                    "Expected a date up to today, " + today + ", but got " + invoice.invoiceDate());
        }
        if (invoice.purchaseOrder().isPresent() && order.isEmpty()) {
            add(
                    "purchase_order_unknown",
                    "purchase_order_id",
                    "Expected an order of this company at purchase_order_id but got '"
                            + invoice.purchaseOrder().get() + "'");
        }
        amount("total", invoice.total());
        if (invoice.total().signum() <= 0) {
            add("out_of_range", "total", "Expected a total above 0: credit notes are not taken");
        }
        invoice.charges().ifPresent(charges -> amount("charges", charges));
        invoice.roundOff().ifPresent(off -> decimals("round_off", off, 2));
        invoice.irn()
                .filter(irn -> !irn.matches("[0-9a-f]{64}"))
                .ifPresent(irn -> add("out_of_range", "irn", "Expected 64 hexadecimal digits at irn"));
    }

    private String currency(Supplier supplier) {
        String wanted = invoice.currency()
                .or(() -> order.map(Ordered::currency))
                .orElse(supplier.currency());
        boolean isKnown = Currency.getAvailableCurrencies().stream()
                .anyMatch(c -> c.getCurrencyCode().equals(wanted) && c.getDefaultFractionDigits() == 2);
        if (!isKnown) {
            add(
                    "currency_unknown",
                    "currency",
                    "Expected the code of a currency with two decimals, such as INR or EUR, but got '" + wanted + "'");
        }
        return wanted;
    }

    /** The order's, so that what was received and what is billed are worth the same. */
    private Optional<BigDecimal> rate(String currency) {
        Optional<BigDecimal> known = order.filter(found -> found.currency().equals(currency))
                .map(Ordered::rate)
                .or(() -> currency.equals(company.info().currency()) ? Optional.of(BigDecimal.ONE) : Optional.empty());
        if (known.isPresent()) {
            return known;
        }
        if (invoice.rate().isEmpty()) {
            add(
                    "required",
                    "rate",
                    "Expected at rate what one " + currency + " is worth in "
                            + company.info().currency());
        }
        invoice.rate()
                .filter(rate -> rate.signum() <= 0 || rate.compareTo(RATE_MOST) > 0)
                .ifPresent(rate -> add("out_of_range", "rate", "Expected a rate above 0 but got " + rate));
        invoice.rate().ifPresent(rate -> decimals("rate", rate, 8));
        return invoice.rate();
    }

    private List<Line> lines() {
        if (invoice.lines().isEmpty() || invoice.lines().size() > LINES_MOST) {
            add(
                    "out_of_range",
                    "lines",
                    "Expected 1 to " + LINES_MOST + " lines but got "
                            + invoice.lines().size());
            return List.of();
        }
        var lines = new ArrayList<Line>();
        for (int i = 0; i < invoice.lines().size(); i++) {
            lines.add(line(i + 1, invoice.lines().get(i), "lines[" + i + "]."));
        }
        return lines;
    }

    private Line line(int no, NewSupplierInvoice.Line line, String at) {
        var onOrder = line.poLineNo().map(ordered::get);
        if (line.poLineNo().isPresent() && onOrder.isEmpty()) {
            add(
                    "order_line_unknown",
                    at + "po_line_no",
                    "Expected the number of a line of the order at " + at + "po_line_no but got "
                            + line.poLineNo().get());
        }
        if (line.quantity().signum() <= 0 || line.quantity().compareTo(QUANTITY_MOST) > 0) {
            add("out_of_range", at + "quantity", "Expected a quantity above 0 but got " + line.quantity());
        }
        decimals(at + "quantity", line.quantity(), 3);
        if (line.unitPrice().signum() < 0 || line.unitPrice().compareTo(AMOUNT_MOST) > 0) {
            add("out_of_range", at + "unit_price", "Expected a price from 0 but got " + line.unitPrice());
        }
        decimals(at + "unit_price", line.unitPrice(), 6);
        Optional<BigDecimal> rate = line.gstRate().or(() -> onOrder.map(found -> found.gstRate()));
        if (rate.isEmpty()) {
            add("required", at + "gst_rate", "Expected the rate of the tax at " + at + "gst_rate: no order says it");
        }
        rate.filter(r -> r.signum() < 0 || r.compareTo(HUNDRED) > 0)
                .ifPresent(r -> add("out_of_range", at + "gst_rate", "Expected 0 to 100 percent but got " + r));
        Optional<String> description = line.description().or(() -> onOrder.map(found -> found.description()));
        if (description.filter(text -> !text.isBlank() && text.length() <= TEXT_MOST).isEmpty()) {
            add("out_of_range", at + "description", "Expected what is billed, at most " + TEXT_MOST + " characters");
        }
        BigDecimal taxable =
                line.taxable().orElseGet(() -> LineFigures.money(line.quantity().multiply(line.unitPrice())));
        amount(at + "taxable", taxable);
        return new Line(
                no,
                onOrder.map(found -> found.id()),
                description.orElse(""),
                line.hsnSac().or(() -> onOrder.map(found -> found.hsnSac())),
                line.quantity(),
                line.unitPrice(),
                taxable,
                rate.orElse(BigDecimal.ZERO),
                tax(at + "cgst", line.cgst()),
                tax(at + "sgst", line.sgst()),
                tax(at + "igst", line.igst()),
                line.expenseAccount().or(() -> onOrder.flatMap(found -> found.expenseAccount())));
    }

    private BigDecimal tax(String path, Optional<BigDecimal> part) {
        part.ifPresent(amount -> amount(path, amount));
        return part.orElse(BigDecimal.ZERO);
    }

    private void amount(String path, BigDecimal amount) {
        if (amount.signum() < 0 || amount.compareTo(AMOUNT_MOST) > 0) {
            add("out_of_range", path, "Expected an amount from 0 to " + AMOUNT_MOST + " at " + path + " but got " + amount);
        }
        decimals(path, amount, 2);
    }

    private void decimals(String path, BigDecimal number, int most) {
        if (number.stripTrailingZeros().scale() > most) {
            add("too_many_decimals", path, "Expected at most " + most + " decimals at " + path + " but got " + number);
        }
    }

    private void add(String code, String path, String message) {
        problems.add(new InputProblem(code, path, message));
    }
}
