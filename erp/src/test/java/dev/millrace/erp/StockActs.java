package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.StockMovement.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Counts, and levels at which items are to be ordered. */
final class StockActs {
    private final Scene scene;
    private final Stock stock;
    private final Actor warehouse;

    StockActs(Scene scene) {
        Acme acme = scene.acme();
        this.scene = scene;
        this.stock = acme.erp.stock(acme.engine.events(), acme.trail);
        this.warehouse = acme.actor("warehouse");
    }

    List<Scene.Act> all() {
        return List.of(scene.act(this::adjust), scene.act(this::adjust), scene.act(this::watch));
    }

    private StockLevel any(Tx tx) {
        return scene.any(stock.levels(tx, Optional.empty(), false, Stock.After.START, 4));
    }

    private BigDecimal few() {
        return scene.upTo(9).subtract(BigDecimal.valueOf(5));
    }

    private void adjust(Tx tx) {
        stock.adjust(
                tx,
                new Adjustment(any(tx).key(), few(), Reason.COUNT, Optional.empty(), true, Optional.empty()),
                warehouse);
    }

    /** At about what there is, so that little makes it fall or rise. */
    private void watch(Tx tx) {
        StockLevel level = any(tx);
        BigDecimal projected = level.onHand().add(level.onOrder()).subtract(level.reserved());
        stock.watch(tx, level.key(), projected.add(few()).max(BigDecimal.ZERO), BigDecimal.TEN, warehouse);
    }
}
