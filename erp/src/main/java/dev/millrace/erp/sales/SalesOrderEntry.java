package dev.millrace.erp.sales;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.NewSalesOrder;
import dev.millrace.erp.SalesCreation;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.inventory.StockBook;
import dev.millrace.erp.sales.SalesOrderCheck.Checked;
import dev.millrace.language.Money;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes sales orders in: everything is checked before anything is written, so that no number is lost to a bad one. */
public final class SalesOrderEntry {
    private static final String SERIES = "SO";

    private final Supplier<UUID> ids;
    private final SalesOrderPricing pricing;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final NumberRows numbers = new NumberRows();
    private final SalesOrderWriteRows writes = new SalesOrderWriteRows();
    private final SalesOrderReader reader = new SalesOrderReader();

    public SalesOrderEntry(Supplier<UUID> ids, StockBook stock) {
        this.ids = ids;
        this.pricing = new SalesOrderPricing(stock);
    }

    /** Locks the number series until the caller's transaction ends. */
    public SalesCreation create(Tx tx, NewSalesOrder order, Herald herald) {
        Optional<Member> requester = members.person(tx, herald.actor());
        if (requester.isEmpty()) {
            return new SalesCreation.Refused(List.of(new InputProblem(
                    "requester_unknown",
                    "",
                    "Expected a sales order to be written by an active member of this company, but it comes from "
                            + herald.by() + ": sign in as the member who sold it")));
        }
        return switch (pricing.price(tx, order)) {
            case Checked.Faulty faulty -> new SalesCreation.Refused(faulty.problems());
            case Checked.Sound sound -> new SalesCreation.Created(write(tx, sound.order(), requester.get(), herald));
        };
    }

    private SalesOrder write(Tx tx, PricedSalesOrder order, Member requester, Herald herald) {
        Company company = companies.get(tx);
        String year = company.fiscalYear(company.today(tx.now()));
        String number = "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year));
        UUID id = ids.get();
        writes.insert(tx, id, number, order, requester.id());
        writes.insertLines(tx, id, order, ids);
        herald.journal(
                tx,
                "sales_order.drafted",
                SalesOrderEvents.ORDER,
                id,
                Optional.empty(),
                Optional.of("draft"),
                number + " of " + order.customer().name() + ", " + Money.written(order.total(), order.currency()));
        return reader.get(tx, id);
    }
}
