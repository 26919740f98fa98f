package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.MemberRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Members, as those who are paid for their claims. */
public final class EmployeePayee implements Payee {
    private final MemberRows members = new MemberRows();

    @Override
    public String type() {
        return "employee";
    }

    /** Nothing that is asked of them changes: who has left is still paid. */
    @Override
    public Optional<Facts> hold(Tx tx, UUID id) {
        return Optional.ofNullable(members.byIds(tx, List.of(id)).get(id))
                .map(member ->
                        new Facts(member.name(), Optional.of(member.email()), false, true, Optional.empty(), false));
    }
}
