package dev.millrace.erp.procurement;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Creation;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewOrder;
import dev.millrace.erp.Permissions;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.inventory.ItemRows;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Drafts orders that nobody wrote: missing prices are looked up, and somebody answers for them. */
public final class OrderDrafting {
    /** Who answers for an order that no person asked for, in this order. */
    private static final List<String> ANSWERABLE =
            List.of(Permissions.PURCHASING, Permissions.PROCUREMENT_MANAGER, Permissions.ADMIN);

    private final Directory directory;
    private final OrderEntry entry;
    private final MemberRows members = new MemberRows();
    private final SupplierRows suppliers = new SupplierRows();
    private final ItemRows items = new ItemRows();
    private final CompanyRows companies = new CompanyRows();
    private final OrderPrices prices = new OrderPrices();

    public OrderDrafting(Directory directory, OrderEntry entry) {
        this.directory = directory;
        this.entry = entry;
    }

    /**
     * An order that is wanted.
     *
     * @param currency the supplier's when absent
     */
    public record Wanted(UUID supplier, Optional<String> currency, List<Line> lines) {
        public Wanted {
            lines = List.copyOf(lines);
        }

        /**
         * @param unitPrice the last one, or the standard cost, when absent
         * @param warehouse the company's usual place when absent
         */
        public record Line(
                UUID item,
                BigDecimal quantity,
                Optional<BigDecimal> unitPrice,
                Optional<UUID> warehouse,
                Optional<LocalDate> neededBy) {}
    }

    /**
     * Makes a draft. The member who stands behind it is its requester, else somebody of Purchasing.
     *
     * @param why for the journal; empty for none
     */
    public Creation draft(Tx tx, Wanted wanted, String why, Herald herald) {
        Company company = companies.get(tx);
        String own = company.info().currency();
        Optional<Supplier> supplier = suppliers.byId(tx, wanted.supplier());
        String currency =
                wanted.currency().or(() -> supplier.map(Supplier::currency)).orElse(own);
        var problems = new ArrayList<InputProblem>();
        Map<UUID, Item> known = items(tx, wanted);
        var lines = new ArrayList<NewOrder.Line>();
        for (int i = 0; i < wanted.lines().size(); i++) {
            Wanted.Line line = wanted.lines().get(i);
            Optional<Item> item = Optional.ofNullable(known.get(line.item()));
            Optional<BigDecimal> price = line.unitPrice()
                    .or(() -> supplier.flatMap(s -> item.flatMap(it -> prices.price(tx, s, it, currency, own))));
            if (price.isEmpty() && supplier.isPresent() && item.isPresent()) {
                problems.add(priceMissing("lines[" + i + "].unit_price", item.get(), supplier.get(), currency));
            }
            lines.add(new NewOrder.Line(
                    Optional.of(line.item()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(line.quantity()),
                    price.or(() -> Optional.of(BigDecimal.ZERO)),
                    Optional.empty(),
                    line.warehouse()));
        }
        if (!problems.isEmpty()) {
            return new Creation.Refused(problems);
        }
        var order = new NewOrder(
                Optional.of(wanted.supplier()),
                Optional.empty(),
                Optional.of(currency),
                prices.rate(tx, currency, own),
                Optional.empty(),
                Optional.empty(),
                wanted.lines().stream()
                        .flatMap(line -> line.neededBy().stream())
                        .min(Comparator.naturalOrder()),
                lines);
        Creation creation = entry.create(tx, order, answerable(tx, herald.actor()), herald);
        if (creation instanceof Creation.Created created && !why.isEmpty()) {
            note(tx, created.order(), why, herald);
        }
        return creation;
    }

    /** What the draft of one item would cost, without tax, in the company's currency; empty: nobody knows. */
    public Optional<BigDecimal> estimate(Tx tx, UUID supplier, Item item) {
        String own = companies.get(tx).info().currency();
        return suppliers
                .byId(tx, supplier)
                .flatMap(s -> prices.price(tx, s, item, s.currency(), own)
                        .flatMap(price -> prices.rate(tx, s.currency(), own).map(price::multiply)));
    }

    private static void note(Tx tx, PurchaseOrder order, String why, Herald herald) {
        herald.journal(
                tx, "purchase_order.noted", OrderDocument.TYPE, order.id(), Optional.empty(), Optional.empty(), why);
    }

    private static InputProblem priceMissing(String path, Item item, Supplier supplier, String currency) {
        return new InputProblem(
                "price_missing",
                path,
                "Expected a price of %s from %s in %s, but it was never ordered there and has no standard cost in %s: say what it costs"
                        .formatted(item.code(), supplier.name(), currency, currency));
    }

    private Map<UUID, Item> items(Tx tx, Wanted wanted) {
        Map<UUID, Item> known = new HashMap<>();
        items.find(tx, wanted.lines().stream().map(Wanted.Line::item).distinct().toList(), List.of())
                .forEach(item -> known.put(item.id(), item));
        return known;
    }

    private Optional<Member> answerable(Tx tx, Actor actor) {
        return members.person(tx, actor)
                .or(() -> ANSWERABLE.stream()
                        .flatMap(role -> directory.holders(tx, role).stream())
                        .findFirst());
    }
}
