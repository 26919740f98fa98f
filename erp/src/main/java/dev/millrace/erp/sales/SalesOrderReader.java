package dev.millrace.erp.sales;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Header;
import dev.millrace.erp.SalesOrder.Listed;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.core.MemberRows;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Puts sales orders together from their rows and from the people of the company. */
public final class SalesOrderReader {
    private final SalesOrderRows rows = new SalesOrderRows();
    private final MemberRows members = new MemberRows();

    public Optional<SalesOrder> find(Tx tx, UUID id) {
        return rows.header(tx, id).map(header -> {
            Map<UUID, Member> people = members.byIds(tx, List.of(header.requestedBy()));
            return new SalesOrder(header, requester(people, header), rows.lines(tx, id));
        });
    }

    /** As {@link #find}; locks the order. */
    public Optional<SalesOrder> hold(Tx tx, UUID id) {
        return rows.hold(tx, id) ? find(tx, id) : Optional.empty();
    }

    /**
     * @throws IllegalStateException it is not there
     */
    SalesOrder get(Tx tx, UUID id) {
        return find(tx, id).orElseThrow(() -> new IllegalStateException("there is no sales order " + id));
    }

    /** Newest first. */
    public List<Listed> page(
            Tx tx,
            Optional<Status> status,
            Optional<UUID> customer,
            Optional<UUID> requestedBy,
            Optional<UUID> before,
            int limit) {
        List<Header> headers = rows.page(tx, status, customer, requestedBy, before, limit);
        var wanted = new HashSet<UUID>();
        headers.forEach(header -> wanted.add(header.requestedBy()));
        Map<UUID, Member> people = members.byIds(tx, wanted);
        return headers.stream()
                .map(header -> new Listed(header, requester(people, header)))
                .toList();
    }

    // A foreign key holds the member, so it is there.
    private static Member requester(Map<UUID, Member> people, Header header) {
        return Objects.requireNonNull(people.get(header.requestedBy()));
    }
}
