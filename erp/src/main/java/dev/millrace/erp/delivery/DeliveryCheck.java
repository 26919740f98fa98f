package dev.millrace.erp.delivery;

import static java.util.stream.Collectors.toMap;

import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewDelivery;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.InputProblems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Looks a delivery over against its order, and finds everything that is wrong with it at once. Touches nothing. */
final class DeliveryCheck {
    private static final int QUANTITY_DECIMALS = 3;

    private final SalesOrder order;
    private final NewDelivery delivery;
    private final Map<UUID, Item> items;
    private final Supplier<UUID> ids;
    private final InputProblems problems = new InputProblems();

    /**
     * @param order under a lock
     * @param items those of the order
     */
    DeliveryCheck(SalesOrder order, NewDelivery delivery, List<Item> items, Supplier<UUID> ids) {
        this.order = order;
        this.delivery = delivery;
        this.items = items.stream().collect(toMap(Item::id, item -> item));
        this.ids = ids;
    }

    /** What came of it. */
    sealed interface Checked {
        record Sound(CheckedDelivery delivery) implements Checked {}

        record Faulty(List<InputProblem> problems) implements Checked {
            public Faulty {
                problems = List.copyOf(problems);
            }
        }
    }

    Checked check() {
        problems.text("reference", delivery.reference());
        List<CheckedDelivery.Line> lines = delivery.lines().isEmpty() ? rest() : lines();
        return problems.isEmpty()
                ? new Checked.Sound(new CheckedDelivery(order, delivery.reference(), lines))
                : new Checked.Faulty(problems.all());
    }

    private List<CheckedDelivery.Line> rest() {
        return order.lines().stream()
                .filter(line -> line.outstanding().signum() > 0)
                .map(line -> new CheckedDelivery.Line(ids.get(), line, item(line), line.outstanding()))
                .toList();
    }

    private List<CheckedDelivery.Line> lines() {
        var lines = new ArrayList<CheckedDelivery.Line>();
        var seen = new HashSet<Integer>();
        for (int i = 0; i < delivery.lines().size(); i++) {
            line(delivery.lines().get(i), "lines[" + i + "].", seen).ifPresent(lines::add);
        }
        return lines;
    }

    private Optional<CheckedDelivery.Line> line(NewDelivery.Line line, String at, Set<Integer> seen) {
        Optional<SalesOrder.Line> ordered =
                order.lines().stream().filter(l -> l.lineNo() == line.lineNo()).findFirst();
        if (ordered.isEmpty() || !seen.add(line.lineNo())) {
            problems.add(
                    ordered.isEmpty() ? "line_unknown" : "line_repeated",
                    at + "line_no",
                    ordered.isEmpty()
                            ? "Expected at %sline_no a line of %s, which has lines 1 to %d, but got %d"
                                    .formatted(at, order.number(), order.lines().size(), line.lineNo())
                            : "Line %d of %s is here twice: add the quantities"
                                    .formatted(line.lineNo(), order.number()));
            return Optional.empty();
        }
        SalesOrder.Line of = ordered.get();
        if (line.quantity().signum() <= 0
                || line.quantity().stripTrailingZeros().scale() > QUANTITY_DECIMALS) {
            problems.add(
                    "out_of_range",
                    at + "quantity",
                    "Expected a quantity above 0 with at most 3 decimals at %squantity but got %s"
                            .formatted(at, line.quantity().toPlainString()));
        } else if (line.quantity().compareTo(of.outstanding()) > 0) {
            problems.add(
                    "over_delivery",
                    at + "quantity",
                    "Of line %d of %s %s are still to be delivered: %s is too much; the rest wants another order"
                            .formatted(
                                    of.lineNo(),
                                    order.number(),
                                    of.outstanding().toPlainString(),
                                    line.quantity().toPlainString()));
        }
        return Optional.of(new CheckedDelivery.Line(ids.get(), of, item(of), line.quantity()));
    }

    private Item item(SalesOrder.Line line) {
        return Optional.ofNullable(items.get(line.itemId())).orElseThrow();
    }
}
