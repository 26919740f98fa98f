package dev.millrace.erp;

import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Scene.Gone;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Days that begin: about when something became overdue, and firsts of months. */
final class DayActs {
    private static final List<Integer> AFTER = List.of(0, 1, 1, 2, 7, 7, 8, 30, 60, 61);

    private final Scene scene;
    private final Acme acme;

    DayActs(Scene scene) {
        this.scene = scene;
        this.acme = scene.acme();
    }

    List<Scene.Act> all() {
        return List.of(
                dies -> begin(overdue("supplier_invoices"), dies),
                dies -> begin(overdue("supplier_invoices"), dies),
                dies -> begin(overdue("sales_invoices"), dies),
                dies -> begin(first(), dies));
    }

    private Optional<LocalDate> overdue(String table) {
        List<LocalDate> due = acme.run(tx -> tx.handle()
                .createQuery("select due_date from " + table
                        + " where tenant_id = :tenant and open_amount > 0 order by id desc limit 6")
                .bind("tenant", acme.tenant)
                .mapTo(LocalDate.class)
                .list());
        return due.isEmpty() ? Optional.empty() : Optional.of(scene.any(due).plusDays(scene.any(AFTER)));
    }

    private Optional<LocalDate> first() {
        return Optional.of(LocalDate.of(2026, 1 + scene.random().nextInt(12), 1));
    }

    /** The company comes to this day next, and it has begun, whatever today is. */
    private void begin(Optional<LocalDate> day, boolean dies) {
        day.ifPresent(next -> {
            acme.run(tx -> setNext(tx, next));
            try {
                acme.erp.days(dies ? dying() : acme.engine.events(), acme.trail).runOnce(acme.tenant);
            } catch (Gone expected) {
                // The day is still to come.
            }
        });
    }

    private static int setNext(Tx tx, LocalDate day) {
        return tx.handle()
                .createUpdate("update company_days set next_day = :day, due_at = :long_ago where tenant_id = :tenant")
                .bind("day", day)
                .bind("long_ago", EventWitnesses.LONG_AGO)
                .bind("tenant", tx.tenant())
                .execute();
    }

    /** Stores one event or two; a day that brings fewer is gone through. */
    private EventPublisher dying() {
        var left = new AtomicInteger(1 + scene.random().nextInt(2));
        return (tx, event) -> {
            var published = acme.engine.events().publish(tx, event);
            if (left.decrementAndGet() == 0) {
                throw new Gone();
            }
            return published;
        };
    }
}
