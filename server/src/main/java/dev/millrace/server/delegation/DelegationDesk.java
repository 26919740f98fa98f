package dev.millrace.server.delegation;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Delegation;
import dev.millrace.erp.Delegations;
import dev.millrace.erp.Delegations.Ended;
import dev.millrace.erp.Delegations.Made;
import dev.millrace.erp.Erp;
import dev.millrace.erp.NewDelegation;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes answers of what becomes of delegations, whoever gives them. */
@Component
class DelegationDesk {
    private final Engine engine;
    private final Delegations delegations;

    DelegationDesk(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.delegations = erp.delegations(trail);
    }

    Listing<DelegationBody> list(Caller caller, Optional<UUID> member, Page page) {
        Optional<UUID> before = page.after(Optional::of);
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        delegations.open(tx, member, before, page.fetch()), page, Delegation::id, DelegationBody::of));
    }

    DelegationBody make(Tx tx, Member from, NewDelegation wanted, Caller caller) {
        return switch (delegations.make(tx, from, wanted, caller.actor())) {
            case Made.Done done -> DelegationBody.of(done.delegation());
            case Made.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        };
    }

    /** @param givenBy only if this member gave it */
    void end(Caller caller, String id, Optional<UUID> givenBy) {
        engine.run(caller.tenant(), tx -> switch (delegations.end(tx, Filters.id(id), givenBy, caller.actor())) {
            case Ended.Done done -> true;
            case Ended.NotFound none -> throw Refusal.notFound();
            case Ended.OverAlready over ->
                throw Refusal.conflict("over_already", "The delegation is over: there is nothing left to end.");
        });
    }
}
