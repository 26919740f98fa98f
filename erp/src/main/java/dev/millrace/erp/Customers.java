package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.sales.CustomerDesk;
import dev.millrace.erp.sales.CustomerRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Customers. Lists go by code; {@code after} is the last code seen. Joins the caller's transaction. */
public final class Customers {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 500;

    private final CustomerDesk desk;
    private final CustomerRows rows = new CustomerRows();

    Customers(CustomerDesk desk) {
        this.desk = desk;
    }

    public List<Customer> list(Tx tx, String after, int limit) {
        return rows.page(tx, after, Math.clamp(limit, 1, PAGE_MOST));
    }

    public Optional<Customer> get(Tx tx, UUID id) {
        return rows.byId(tx, id);
    }

    /** With how often it was changed. */
    public Optional<Versioned<Customer>> versioned(Tx tx, UUID id) {
        return rows.byId(tx, id).map(customer -> new Versioned<>(customer, rows.version(tx, id)));
    }

    /** As {@link #versioned}; the customer stays as he is until the transaction ends. */
    public Optional<Versioned<Customer>> hold(Tx tx, UUID id) {
        return rows.hold(tx, id).map(customer -> new Versioned<>(customer, rows.version(tx, id)));
    }

    /** Without a hold and without exposure. */
    public CustomerSaved create(Tx tx, NewCustomer customer, Actor actor) {
        return desk.create(tx, customer, actor);
    }

    /** Changes all of it but its credit hold and what it owes. */
    public CustomerSaved change(Tx tx, UUID id, NewCustomer customer, Actor actor) {
        return desk.change(tx, id, customer, actor);
    }

    /** The database refuses a code or a GSTIN that is there already, and a GSTIN with a wrong check digit. */
    public void add(Tx tx, List<Customer> more) {
        rows.insert(tx, more);
    }
}
