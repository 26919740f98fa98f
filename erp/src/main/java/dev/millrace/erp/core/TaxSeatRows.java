package dev.millrace.erp.core;

import dev.millrace.engine.Tx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** What tax documents need of the table {@code companies}. */
public final class TaxSeatRows {
    // Index: companies_pkey.
    private static final String FIND = """
            select legal_name, name, tax_regime, gstin, state_code, address_line1, city, pin, coalesce(aato, 0) as aato
              from companies
             where tenant_id = :tenant
            """;

    /** Of the transaction's tenant. */
    public TaxSeat get(Tx tx) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .map(TaxSeatRows::seat)
                .one();
    }

    private static TaxSeat seat(ResultSet row, StatementContext context) throws SQLException {
        return new TaxSeat(
                row.getString("legal_name"),
                row.getString("name"),
                row.getString("tax_regime"),
                Optional.ofNullable(row.getString("gstin")),
                Optional.ofNullable(row.getString("state_code")),
                Optional.ofNullable(row.getString("address_line1")),
                Optional.ofNullable(row.getString("city")),
                Optional.ofNullable(row.getString("pin")),
                Columns.decimal(row, "aato", 2));
    }

    // Index: companies_pkey.
    private static final String SET_TURNOVER = """
            update companies set aato = :turnover, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant
            """;

    /** The turnover of the last financial year: it decides what the company must do. */
    public void setTurnover(Tx tx, BigDecimal turnover) {
        tx.handle()
                .createUpdate(SET_TURNOVER)
                .bind("tenant", tx.tenant())
                .bind("turnover", turnover)
                .execute();
    }
}
