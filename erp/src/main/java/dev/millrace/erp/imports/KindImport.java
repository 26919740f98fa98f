package dev.millrace.erp.imports;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import java.util.List;

/** How the rows of one kind of file are checked and written. */
public interface KindImport {
    List<Column> columns();

    /** The columns that say which thing a row is about: each of them once in a file. */
    List<String> key();

    /**
     * Says what becomes of each row, in their order, and does it if it is to be written.
     *
     * @param rows of different things
     */
    List<Outcome> take(Tx tx, List<Row> rows, boolean write, Actor actor);
}
