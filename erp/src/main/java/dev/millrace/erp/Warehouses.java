package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.inventory.WarehouseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where goods are kept. Joins the caller's transaction. Who may call what is the caller's business. */
public final class Warehouses {
    private static final int CODE_MOST = 60;
    private static final int TEXT_MOST = 300;

    private final Trail trail;
    private final WarehouseRows rows = new WarehouseRows();
    private final CompanyRows companies = new CompanyRows();

    Warehouses(Trail trail) {
        this.trail = trail;
    }

    /** All of them, by code. */
    public List<Warehouse> all(Tx tx) {
        return rows.all(tx);
    }

    public Optional<Versioned<Warehouse>> get(Tx tx, UUID id) {
        return rows.versioned(tx, id);
    }

    /** The warehouse stays as it is until the transaction ends. */
    public Optional<Versioned<Warehouse>> hold(Tx tx, UUID id) {
        return rows.hold(tx, id);
    }

    /** Adds a warehouse, which has a new id. Where goods go by default is one at a time: the one before is it no more. */
    public WarehouseChange create(Tx tx, Warehouse warehouse, Actor actor) {
        List<InputProblem> problems = problems(warehouse, Optional.empty());
        if (!problems.isEmpty()) {
            return new WarehouseChange.Refused(problems);
        }
        companies.hold(tx);
        if (rows.all(tx).stream().anyMatch(there -> there.code().equals(warehouse.code()))) {
            return new WarehouseChange.Refused(List.of(new InputProblem(
                    "code_taken", "code", "There is a warehouse " + warehouse.code() + " already: take another code")));
        }
        if (warehouse.isDefault()) {
            rows.clearDefault(tx, warehouse.id());
        }
        rows.insert(tx, List.of(warehouse));
        journal(tx, actor, "warehouse.created", warehouse, Optional.empty());
        return new WarehouseChange.Done(rows.versioned(tx, warehouse.id()).orElseThrow(), true);
    }

    /** Changes a warehouse to what is given; its code stays. */
    public WarehouseChange change(Tx tx, Warehouse warehouse, Actor actor) {
        companies.hold(tx);
        Optional<Versioned<Warehouse>> before = rows.hold(tx, warehouse.id());
        if (before.isEmpty()) {
            return new WarehouseChange.NotFound(warehouse.id());
        }
        List<InputProblem> problems =
                problems(warehouse, before.map(old -> old.value().code()));
        if (!problems.isEmpty()) {
            return new WarehouseChange.Refused(problems);
        }
        if (before.get().value().equals(warehouse)) {
            return new WarehouseChange.Done(before.get(), false);
        }
        if (warehouse.isDefault()) {
            rows.clearDefault(tx, warehouse.id());
        }
        rows.update(tx, warehouse);
        journal(tx, actor, "warehouse.changed", warehouse, before.map(old -> words(old.value())));
        return new WarehouseChange.Done(rows.versioned(tx, warehouse.id()).orElseThrow(), true);
    }

    private void journal(Tx tx, Actor actor, String type, Warehouse warehouse, Optional<String> before) {
        trail.write(
                tx, actor, type, "warehouse", warehouse.id(), before, Optional.of(words(warehouse)), warehouse.code());
    }

    private static String words(Warehouse warehouse) {
        return warehouse.code() + " " + warehouse.name() + (warehouse.isDefault() ? ", by default" : "")
                + (warehouse.active() ? "" : ", not active");
    }

    private static List<InputProblem> problems(Warehouse warehouse, Optional<String> code) {
        var problems = new ArrayList<InputProblem>();
        text(problems, "code", warehouse.code(), CODE_MOST);
        text(problems, "name", warehouse.name(), TEXT_MOST);
        code.filter(old -> !old.equals(warehouse.code()))
                .ifPresent(old -> problems.add(new InputProblem(
                        "code_fixed",
                        "code",
                        "The code stays '" + old + "': make another warehouse for another code")));
        warehouse
                .stateCode()
                .filter(state -> !state.matches("[0-9]{2}"))
                .ifPresent(state -> problems.add(new InputProblem(
                        "state_code_invalid",
                        "state_code",
                        "Expected two digits, such as 27, but got '" + state + "'")));
        warehouse
                .pin()
                .filter(pin -> !pin.matches("[0-9A-Za-z -]{3,10}"))
                .ifPresent(pin -> problems.add(new InputProblem(
                        "pin_invalid", "pin", "Expected a postal code, such as 411019, but got '" + pin + "'")));
        if (warehouse.isDefault() && !warehouse.active()) {
            problems.add(new InputProblem(
                    "default_not_active",
                    "is_default",
                    "Goods do not go by default to a warehouse that is not active: choose another one"));
        }
        return problems;
    }

    private static void text(List<InputProblem> problems, String path, String value, int most) {
        if (value.isBlank() || value.length() > most) {
            problems.add(new InputProblem("required", path, "Expected 1 to " + most + " characters"));
        }
    }
}
