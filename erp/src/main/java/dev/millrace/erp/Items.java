package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.inventory.ItemCheck;
import dev.millrace.erp.inventory.ItemFacts;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.inventory.SupplierNames;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the company buys, keeps and sells. Joins the caller's transaction. Who may call what is the caller's business. */
public final class Items {
    private final Trail trail;
    private final ItemRows rows = new ItemRows();
    private final ItemFacts facts;

    Items(Trail trail, SupplierNames suppliers) {
        this.trail = trail;
        this.facts = new ItemFacts(suppliers);
    }

    public Optional<Versioned<Item>> get(Tx tx, UUID id) {
        return rows.versioned(tx, id);
    }

    /** The item stays as it is until the transaction ends. */
    public Optional<Versioned<Item>> hold(Tx tx, UUID id) {
        return rows.hold(tx, id);
    }

    /** Adds an item, which has a new id. */
    public ItemChange create(Tx tx, Item item, Actor actor) {
        List<InputProblem> problems = ItemCheck.of(item, Optional.empty(), facts.of(tx, item));
        if (!problems.isEmpty()) {
            return new ItemChange.Refused(problems);
        }
        if (!rows.insertNew(tx, item)) {
            return new ItemChange.Refused(List.of(new InputProblem(
                    "code_taken", "code", "There is an item " + item.code() + " already: take another code")));
        }
        trail.write(tx, actor, "item.created", "item", item.id(), Optional.empty(), Optional.empty(), words(item));
        return new ItemChange.Done(rows.versioned(tx, item.id()).orElseThrow(), true);
    }

    /**
     * Changes an item to what is given. Its code and whether it is a service stay; so does its unit once it was in stock,
     * and its sales price, which a price change changes.
     */
    public ItemChange change(Tx tx, Item item, Actor actor) {
        Optional<Versioned<Item>> before = rows.hold(tx, item.id());
        if (before.isEmpty()) {
            return new ItemChange.NotFound(item.id());
        }
        Item old = before.get().value();
        List<InputProblem> problems = ItemCheck.of(item, Optional.of(old), facts.of(tx, item));
        if (!problems.isEmpty()) {
            return new ItemChange.Refused(problems);
        }
        if (!rows.update(tx, item)) {
            return new ItemChange.Done(before.get(), false);
        }
        trail.write(
                tx,
                actor,
                "item.changed",
                "item",
                item.id(),
                Optional.of(words(old)),
                Optional.of(words(item)),
                item.code());
        return new ItemChange.Done(rows.versioned(tx, item.id()).orElseThrow(), true);
    }

    private static String words(Item item) {
        return item.code() + " " + item.name() + ", HSN " + item.hsnSac() + ", "
                + item.gstRate().toPlainString() + " percent, cost "
                + item.standardCost().toPlainString() + (item.active() ? "" : ", not active");
    }
}
