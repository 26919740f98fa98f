package dev.millrace.erp.pricing;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.engine.Member;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewPriceChange;
import dev.millrace.erp.PriceChange;
import dev.millrace.erp.PriceChange.Status;
import dev.millrace.erp.PriceDecision;
import dev.millrace.erp.PriceRequest;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.InputProblems;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.NamedItems;
import dev.millrace.erp.inventory.StockBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes in what somebody wants to sell for, and has it decided. Joins the caller's transaction. */
public final class PriceChangeDesk {
    private static final BigDecimal PRICE_MOST = new BigDecimal("1000000000000");
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final int PRICE_DECIMALS = 6;
    private static final int PERCENT_DECIMALS = 2;

    private final Supplier<UUID> ids;
    private final StockBook stock;
    private final SellingPrices prices = new SellingPrices();
    private final PriceChangeRows rows = new PriceChangeRows();
    private final ItemRows items = new ItemRows();
    private final MemberRows members = new MemberRows();
    private final CompanyRows companies = new CompanyRows();

    public PriceChangeDesk(Supplier<UUID> ids, StockBook stock) {
        this.ids = ids;
        this.stock = stock;
    }

    /** Emits {@code price_change.requested}. */
    public PriceRequest request(Tx tx, NewPriceChange wanted, Herald herald) {
        Optional<Member> requester = members.person(tx, herald.actor());
        if (requester.isEmpty()) {
            return new PriceRequest.Refused(List.of(new InputProblem(
                    "requester_unknown",
                    "",
                    "Expected a price to be asked for by an active member of this company, but it comes from "
                            + herald.by() + ": sign in as one")));
        }
        prices.takeEffect(tx);
        LocalDate today = companies.get(tx).today(tx.now());
        LocalDate day = wanted.effectiveDate().orElse(today);
        var problems = new InputProblems();
        Optional<Item> item = new NamedItems(items.find(
                        tx,
                        wanted.itemId().stream().toList(),
                        wanted.itemCode().stream().toList()))
                .find(wanted.itemId(), wanted.itemCode(), "", problems);
        problems.number("new_price", wanted.newPrice(), PRICE_DECIMALS, BigDecimal.ZERO, false, PRICE_MOST);
        problems.text("reason", wanted.reason());
        if (day.isBefore(today)) {
            problems.add(
                    "out_of_range",
                    "effective_date",
                    "Expected today or a later day at effective_date but got %s: what was sold is sold".formatted(day));
        }
        item.flatMap(Item::salesPrice)
                .filter(old -> old.compareTo(wanted.newPrice()) == 0)
                .ifPresent(old -> problems.add(
                        "unchanged", "new_price", "Expected another price than %s, which it is".formatted(old)));
        return problems.isEmpty()
                ? write(tx, wanted, item.orElseThrow(), day, requester.get(), herald)
                : new PriceRequest.Refused(problems.all());
    }

    private PriceRequest write(
            Tx tx, NewPriceChange wanted, Item item, LocalDate day, Member requester, Herald herald) {
        UUID id = ids.get();
        rows.insert(
                tx,
                id,
                new PriceChangeRows.New(
                        item.id(),
                        item.salesPrice().orElse(BigDecimal.ZERO),
                        wanted.newPrice(),
                        Optional.ofNullable(stock.costs(tx, List.of(item.id())).get(item.id()))
                                .map(cost -> margin(wanted.newPrice(), cost)),
                        day,
                        wanted.reason(),
                        requester.id()));
        PriceChange change = rows.find(tx, id).orElseThrow();
        herald.journal(
                tx,
                PriceChangeEvents.REQUESTED,
                PriceChangeEvents.PRICE_CHANGE,
                id,
                Optional.of(change.oldPrice().toPlainString()),
                Optional.of(change.newPrice().toPlainString()),
                change.itemCode() + " from " + day);
        Published published = herald.publish(tx, PriceChangeEvents.REQUESTED, PriceChangeEvents.requested(change));
        return new PriceRequest.Requested(change, published.executions());
    }

    private static BigDecimal margin(BigDecimal price, BigDecimal cost) {
        return price.subtract(cost).multiply(HUNDRED).divide(price, PERCENT_DECIMALS, HALF_UP);
    }

    /**
     * Applies or refuses what waits; deciding so again changes nothing. An applied price counts from its day on, and at once
     * where that has come. Locks the change, then the item.
     *
     * @param decided {@code APPLIED} or {@code REFUSED}
     */
    public PriceDecision decide(Tx tx, UUID id, Status decided, Optional<String> reason, Herald herald) {
        Optional<PriceChange> held = rows.hold(tx, id);
        if (held.isEmpty()) {
            return new PriceDecision.NotFound(id);
        }
        if (held.get().status() != Status.REQUESTED) {
            return held.get().status() == decided
                    ? new PriceDecision.Decided(held.get(), false)
                    : new PriceDecision.WrongState(held.get());
        }
        rows.decide(tx, id, decided, herald.by(), reason);
        prices.takeEffect(tx);
        herald.journal(
                tx,
                "price_change." + PriceChangeRows.text(decided),
                PriceChangeEvents.PRICE_CHANGE,
                id,
                Optional.of("requested"),
                Optional.of(PriceChangeRows.text(decided)),
                held.get().itemCode() + ", " + held.get().newPrice().toPlainString() + " from "
                        + held.get().effectiveDate()
                        + reason.map(why -> ": " + why).orElse(""));
        return new PriceDecision.Decided(rows.find(tx, id).orElseThrow(), true);
    }

    /** It stays as it is until the transaction ends. */
    public Optional<PriceChange> hold(Tx tx, UUID id) {
        return rows.hold(tx, id);
    }

    public Optional<PriceChange> find(Tx tx, UUID id) {
        return rows.find(tx, id);
    }

    /** Newest first. */
    public List<PriceChange> page(
            Tx tx,
            Optional<UUID> item,
            Optional<Status> status,
            Optional<UUID> requestedBy,
            Optional<UUID> before,
            int limit) {
        return rows.page(tx, item, status, requestedBy, before, limit);
    }
}
