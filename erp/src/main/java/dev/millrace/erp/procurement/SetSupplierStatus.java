package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Supplier.Status;
import dev.millrace.erp.SupplierChange.Done;
import dev.millrace.erp.core.StepHerald;
import java.util.Optional;
import java.util.UUID;

/** Accepts, blocks or rejects a supplier. */
@Named(
        value = "erp.supplier.set_status",
        module = "procurement",
        description = "Activates or blocks a supplier.",
        setsState = true,
        failures = {"not_found", "wrong_state", "reason_missing", "bank_details_missing", "gstin_invalid"})
@Affects(entity = SupplierEvents.TYPE, id = "supplier_id")
public final class SetSupplierStatus implements LocalAction<SetSupplierStatus.Config, SetSupplierStatus.Output> {
    private final SupplierStates states;

    public SetSupplierStatus(SupplierStates states) {
        this.states = states;
    }

    /** What it is to be. */
    public enum Wanted {
        ACTIVE,
        BLOCKED,
        REJECTED
    }

    public record Config(
            @Describe("The supplier's id") UUID supplierId,
            @Describe("What it is to be") Wanted status,

            @Describe(value = "Required for blocked, rejected", least = 1, most = 2000)
            Optional<String> reason) {}

    public record Output(
            @Describe("What it is now") Wanted status,
            @Describe("false: it was so before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        Status to = switch (config.status()) {
            case ACTIVE -> Status.ACTIVE;
            case BLOCKED -> Status.BLOCKED;
            case REJECTED -> Status.REJECTED;
        };
        Done done = SupplierFailures.done(
                states.set(tx, config.supplierId(), to, config.reason(), new StepHerald(context)));
        return new Output(config.status(), done.changed());
    }
}
