package dev.millrace.erp.ledger;

import static java.util.stream.Collectors.toMap;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Csv;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The chart that a company begins with, and which of its accounts the roles are. */
public final class ChartOfAccounts {
    private static final List<Map<String, String>> CHART = Csv.read("/masters/chart_of_accounts.csv");

    private final Supplier<UUID> ids;
    private final AccountRows accounts = new AccountRows();

    public ChartOfAccounts(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /** Adds what is not there yet; changes nothing that is. Joins the caller's transaction. */
    public void seed(Tx tx) {
        accounts.insert(
                tx,
                CHART.stream()
                        .map(row -> new AccountRows.Account(
                                ids.get(),
                                cell(row, "account_code"),
                                cell(row, "name"),
                                cell(row, "type"),
                                Optional.of(cell(row, "control_kind")).filter(kind -> !kind.isEmpty()),
                                Optional.empty(),
                                true))
                        .toList());
        accounts.mapRoles(
                tx,
                CHART.stream()
                        .filter(row -> !cell(row, "role").isEmpty())
                        .collect(toMap(row -> cell(row, "role"), row -> cell(row, "account_code"))));
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }
}
