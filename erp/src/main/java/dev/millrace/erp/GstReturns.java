package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.gst.ReturnBooks;
import dev.millrace.erp.gst.ReturnDesk;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** Suppliers' statements and filed returns, for who keeps them. Joins the caller's transaction. */
public final class GstReturns {
    private final ReturnDesk desk;
    private final ReturnBooks books;
    private final EventPublisher events;
    private final Trail trail;

    GstReturns(ReturnDesk desk, ReturnBooks books, EventPublisher events, Trail trail) {
        this.desk = desk;
        this.books = books;
        this.events = events;
        this.trail = trail;
    }

    /**
     * Takes in the GSTR-2B of a period. The same file once more changes nothing; another one takes its place.
     *
     * @param file the JSON as the tax portal gives it out
     */
    public StatementImport importStatement(Tx tx, String file, Actor actor) {
        return desk.imported(tx, file, new ServiceHerald(events, trail, actor));
    }

    /** The statements that are there, newest period first. */
    public List<ImportedStatement> statements(Tx tx) {
        return desk.statements(tx);
    }

    /** What the returns of a month come to so far. */
    public TaxReturn summary(Tx tx, YearMonth period) {
        return books.of(tx, period);
    }

    /**
     * Marks a return of a month that is over as filed; nothing is sent anywhere.
     *
     * @param arn the number of the acknowledgement
     * @param netPaid in cash, in rupees
     */
    public Filing markFiled(
            Tx tx, YearMonth period, Filing.Return what, Optional<String> arn, BigDecimal netPaid, Actor actor) {
        return desk.filed(tx, period, what, arn, netPaid, new ServiceHerald(events, trail, actor));
    }
}
