package dev.millrace.erp.core;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads columns into the types that the ERP uses; for the {@code …Rows} classes. */
public final class Columns {
    private Columns() {}

    public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /**
     * A number as people write it: with at least so many decimals, and no zeros of the column's scale behind them.
     */
    public static BigDecimal decimal(ResultSet row, String column, int decimals) throws SQLException {
        BigDecimal stripped = row.getBigDecimal(column).stripTrailingZeros();
        return stripped.scale() < decimals ? stripped.setScale(decimals) : stripped;
    }
}
