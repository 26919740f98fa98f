package dev.millrace.erp.gst;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The tables {@code gst_rates}, {@code gst_thresholds} and {@code gst_states}: the law, the same for every company, so
 * that no statement here names a tenant.
 */
public final class GstRuleRows {
    private static final String RATES = """
            select percent, hsn_prefix, valid_from, valid_until from gst_rates
            """;

    private static final String THRESHOLDS = """
            select name, valid_from, value from gst_thresholds
            """;

    private static final String STATES = """
            select code, name, quarterly_day from gst_states
            """;

    /** A few dozen rows. */
    public GstRules load(Tx tx) {
        return new GstRules(
                tx.handle().createQuery(RATES).map(GstRuleRows::rate).list(),
                thresholds(tx),
                tx.handle().createQuery(STATES).map(GstRuleRows::state).stream()
                        .collect(Collectors.toMap(GstRules.State::code, state -> state)));
    }

    private static Map<Threshold, NavigableMap<LocalDate, BigDecimal>> thresholds(Tx tx) {
        var thresholds = new EnumMap<Threshold, NavigableMap<LocalDate, BigDecimal>>(Threshold.class);
        List<Dated> rows = tx.handle()
                .createQuery(THRESHOLDS)
                .map((row, context) -> new Dated(
                        Threshold.valueOf(row.getString("name").toUpperCase(Locale.ROOT)),
                        row.getObject("valid_from", LocalDate.class),
                        decimal(row, "value", 0)))
                .list();
        rows.forEach(row -> thresholds
                .computeIfAbsent(row.threshold(), key -> new TreeMap<>())
                .put(row.from(), row.value()));
        return thresholds;
    }

    private record Dated(Threshold threshold, LocalDate from, BigDecimal value) {}

    private static GstRules.Rate rate(ResultSet row, StatementContext context) throws SQLException {
        return new GstRules.Rate(
                decimal(row, "percent", 0),
                row.getString("hsn_prefix"),
                row.getObject("valid_from", LocalDate.class),
                Optional.ofNullable(row.getObject("valid_until", LocalDate.class)));
    }

    private static GstRules.State state(ResultSet row, StatementContext context) throws SQLException {
        return new GstRules.State(
                row.getString("code"),
                row.getString("name"),
                Optional.ofNullable(row.getObject("quarterly_day", Integer.class)));
    }
}
