package dev.millrace.erp.procurement;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Creation;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.NewOrder;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.procurement.OrderCheck.Checked;
import dev.millrace.language.Money;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes orders in: everything is checked before anything is written, so that no number is lost to a bad one. */
public final class OrderEntry {
    private static final String SERIES = "PO";

    private final Supplier<UUID> ids;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final OrderPricing pricing = new OrderPricing();
    private final NumberRows numbers = new NumberRows();
    private final OrderWriteRows writes = new OrderWriteRows();
    private final OrderReader reader = new OrderReader();

    public OrderEntry(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /** Locks the number series until the caller's transaction ends. */
    public Creation create(Tx tx, NewOrder order, Herald herald) {
        return create(tx, order, members.person(tx, herald.actor()), herald);
    }

    /**
     * For somebody: as {@link #create(Tx, NewOrder, Herald)}.
     *
     * @param requester an active member; empty: the order is refused
     */
    Creation create(Tx tx, NewOrder order, Optional<Member> requester, Herald herald) {
        if (requester.isEmpty()) {
            return new Creation.Refused(List.of(new InputProblem(
                    "requester_unknown",
                    "",
                    "Expected an order to be raised by an active member of this company, but it comes from "
                            + herald.by() + ": sign in as the member who needs the goods")));
        }
        return switch (pricing.price(tx, order)) {
            case Checked.Faulty faulty -> new Creation.Refused(faulty.problems());
            case Checked.Sound sound -> new Creation.Created(write(tx, sound.order(), requester.get(), herald));
        };
    }

    private PurchaseOrder write(Tx tx, PricedOrder order, Member requester, Herald herald) {
        Company company = companies.get(tx);
        String year = company.fiscalYear(company.today(tx.now()));
        String number = "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year));
        UUID id = ids.get();
        writes.insert(tx, id, number, order, requester.id());
        writes.insertLines(tx, id, order, ids);
        herald.journal(
                tx,
                "purchase_order.drafted",
                OrderDocument.TYPE,
                id,
                Optional.empty(),
                Optional.of("draft"),
                number + " to " + order.supplier().name() + ", " + Money.written(order.total(), order.currency()));
        return reader.get(tx, id);
    }
}
