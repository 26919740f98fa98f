package dev.millrace.erp.receiving;

import static java.math.RoundingMode.HALF_UP;
import static java.util.stream.Collectors.toMap;

import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewReceipt;
import dev.millrace.erp.PurchaseOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Looks a receipt over against its order, and finds everything that is wrong with it at once. Touches nothing. */
final class ReceiptCheck {
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final BigDecimal RATE_MOST = new BigDecimal("1000000");
    private static final int QUANTITY_DECIMALS = 3;
    private static final int RATE_DECIMALS = 8;
    private static final int TEXT_MOST = 200;

    private final PurchaseOrder order;
    private final NewReceipt receipt;
    private final Map<UUID, Item> items;
    private final Set<UUID> warehouses;
    private final String ownCurrency;
    private final List<InputProblem> problems = new ArrayList<>();

    /**
     * @param order under a lock
     * @param items those of the order
     * @param warehouses in which goods may be put
     */
    ReceiptCheck(PurchaseOrder order, NewReceipt receipt, List<Item> items, Set<UUID> warehouses, String ownCurrency) {
        this.order = order;
        this.receipt = receipt;
        this.items = items.stream().collect(toMap(Item::id, item -> item));
        this.warehouses = warehouses;
        this.ownCurrency = ownCurrency;
    }

    /** What came of it. */
    sealed interface Checked {
        record Sound(CheckedReceipt receipt) implements Checked {}

        record Faulty(List<InputProblem> problems) implements Checked {
            public Faulty {
                problems = List.copyOf(problems);
            }
        }
    }

    Checked check(Supplier<UUID> ids) {
        BigDecimal rate = rate();
        text("delivery_note", receipt.deliveryNote());
        receipt.warehouse()
                .filter(id -> !warehouses.contains(id))
                .ifPresent(id -> add(
                        "warehouse_unknown",
                        "warehouse_id",
                        "Expected a warehouse of this company at warehouse_id but got '" + id + "'"));
        if (receipt.lines().isEmpty()) {
            add("required", "lines", "Expected at least one line of what came");
        }
        var lines = new ArrayList<CheckedReceipt.Line>();
        var seen = new HashSet<Integer>();
        for (int i = 0; i < receipt.lines().size(); i++) {
            line(receipt.lines().get(i), "lines[" + i + "].", seen, rate, ids).ifPresent(lines::add);
        }
        return problems.isEmpty()
                ? new Checked.Sound(new CheckedReceipt(order, place(lines), rate, receipt.deliveryNote(), lines))
                : new Checked.Faulty(problems);
    }

    /** The one place where all goods went. */
    private static Optional<UUID> place(List<CheckedReceipt.Line> lines) {
        List<UUID> places = lines.stream()
                .flatMap(line -> line.warehouse().stream())
                .distinct()
                .toList();
        return places.size() == 1 ? Optional.of(places.getFirst()) : Optional.empty();
    }

    private BigDecimal rate() {
        BigDecimal rate = receipt.rate().orElse(order.header().rate());
        if (order.header().currency().equals(ownCurrency) && rate.compareTo(BigDecimal.ONE) != 0) {
            add(
                    "out_of_range",
                    "rate",
                    "Expected no rate or 1, because %s is the company's own currency".formatted(ownCurrency));
        } else if (rate.signum() <= 0
                || rate.compareTo(RATE_MOST) > 0
                || rate.stripTrailingZeros().scale() > RATE_DECIMALS) {
            add(
                    "out_of_range",
                    "rate",
                    "Expected a rate above 0, at most %s, with at most %d decimals, but got %s"
                            .formatted(RATE_MOST, RATE_DECIMALS, rate.toPlainString()));
        }
        return rate;
    }

    private Optional<CheckedReceipt.Line> line(
            NewReceipt.Line line, String at, Set<Integer> seen, BigDecimal rate, Supplier<UUID> ids) {
        Optional<PurchaseOrder.Line> ordered =
                order.lines().stream().filter(l -> l.lineNo() == line.lineNo()).findFirst();
        if (ordered.isEmpty() || !seen.add(line.lineNo())) {
            add(
                    ordered.isEmpty() ? "line_unknown" : "line_repeated",
                    at + "line_no",
                    ordered.isEmpty()
                            ? "Expected at %sline_no a line of %s, which has lines 1 to %d, but got %d"
                                    .formatted(at, order.number(), order.lines().size(), line.lineNo())
                            : "Line %d of %s is here twice: add the quantities"
                                    .formatted(line.lineNo(), order.number()));
            return Optional.empty();
        }
        int before = problems.size();
        BigDecimal rejected = line.rejected().orElse(BigDecimal.ZERO);
        quantities(line, at, rejected);
        text(at + "reject_reason", line.rejectReason());
        if (problems.size() > before) {
            return Optional.empty();
        }
        Item item = Optional.ofNullable(items.get(ordered.get().itemId())).orElseThrow();
        tooMuch(line.quantity().subtract(rejected), ordered.get(), item, at);
        Optional<UUID> place =
                item.isService() ? Optional.empty() : receipt.warehouse().or(ordered.get()::warehouseId);
        if (!item.isService() && place.isEmpty()) {
            add(
                    "warehouse_required",
                    "warehouse_id",
                    "Line %d of %s does not say where its goods go: say so at warehouse_id"
                            .formatted(line.lineNo(), order.number()));
        }
        return Optional.of(CheckedReceipt.Line.of(
                ids.get(), ordered.get(), item, place, line.quantity(), rejected, line.rejectReason(), rate));
    }

    private void quantities(NewReceipt.Line line, String at, BigDecimal rejected) {
        if (line.quantity().signum() <= 0
                || line.quantity().stripTrailingZeros().scale() > QUANTITY_DECIMALS) {
            add(
                    "out_of_range",
                    at + "quantity",
                    "Expected a quantity above 0 with at most 3 decimals at %squantity but got %s"
                            .formatted(at, line.quantity().toPlainString()));
        } else if (rejected.signum() < 0
                || rejected.compareTo(line.quantity()) > 0
                || rejected.stripTrailingZeros().scale() > QUANTITY_DECIMALS) {
            add(
                    "out_of_range",
                    at + "rejected",
                    "Expected at %srejected a quantity from 0 to %s, with at most 3 decimals, but got %s"
                            .formatted(at, line.quantity().toPlainString(), rejected.toPlainString()));
        }
    }

    private void tooMuch(BigDecimal accepted, PurchaseOrder.Line ordered, Item item, String at) {
        BigDecimal most = ordered.quantity()
                .multiply(HUNDRED.add(item.overReceiptPercent()))
                .divide(HUNDRED, QUANTITY_DECIMALS, HALF_UP);
        if (ordered.receivedQty().add(accepted).compareTo(most) > 0) {
            add(
                    "over_receipt",
                    at + "quantity",
                    "Line %d of %s takes %s, of which %s came before: %s more is too much; reject the rest, or have the order raised"
                            .formatted(
                                    ordered.lineNo(),
                                    order.number(),
                                    most.stripTrailingZeros().toPlainString(),
                                    ordered.receivedQty().toPlainString(),
                                    accepted.toPlainString()));
        }
    }

    private void text(String path, Optional<String> text) {
        text.filter(t -> t.isBlank() || t.length() > TEXT_MOST)
                .ifPresent(
                        t -> add("out_of_range", path, "Expected 1 to %d characters at %s".formatted(TEXT_MOST, path)));
    }

    private void add(String code, String path, String message) {
        problems.add(new InputProblem(code, path, message));
    }
}
