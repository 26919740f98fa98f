package dev.millrace.erp.procurement;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.PurchaseOrder.Header;
import dev.millrace.erp.PurchaseOrder.Listed;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.core.MemberRows;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Puts orders together from their rows and from the people of the company. */
public final class OrderReader {
    private final OrderRows rows = new OrderRows();
    private final MemberRows members = new MemberRows();

    public Optional<PurchaseOrder> find(Tx tx, UUID id) {
        return rows.header(tx, id).map(header -> {
            Map<UUID, Member> people = members.byIds(tx, List.of(header.requestedBy()));
            return new PurchaseOrder(header, requester(people, header), rows.lines(tx, id));
        });
    }

    /** As {@link #find}; locks the order. */
    public Optional<PurchaseOrder> hold(Tx tx, UUID id) {
        return rows.hold(tx, id).flatMap(standing -> find(tx, id));
    }

    /**
     * @throws IllegalStateException it is not there
     */
    PurchaseOrder get(Tx tx, UUID id) {
        return find(tx, id).orElseThrow(() -> new IllegalStateException("there is no purchase order " + id));
    }

    public List<Listed> page(
            Tx tx, Optional<Status> status, Optional<UUID> requestedBy, Optional<UUID> before, int limit) {
        List<Header> headers = rows.page(tx, status, requestedBy, before, limit);
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
