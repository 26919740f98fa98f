package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.payables.MatchFacts.Accepted;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tables {@code supplier_invoice_matches} and {@code supplier_invoice_acceptances}, and what of the last match an
 * invoice carries itself.
 */
final class MatchRows {
    // Indexes: supplier_invoice_matches_pkey, twice.
    private static final String INSERT = """
            insert into supplier_invoice_matches
                   (tenant_id, invoice_id, attempt, outcome, decision, codes, result, tolerances, matched_by)
            select :tenant, :invoice, coalesce(max(m.attempt), 0) + 1, :outcome, :decision, :codes, :result::json,
                   :tolerances::json, :by
              from supplier_invoice_matches m
             where m.tenant_id = :tenant and m.invoice_id = :invoice
            """;

    // Index: supplier_invoices_pkey.
    private static final String KEEP = """
            update supplier_invoices
               set match_result = :result::json, match_outcome = :outcome, match_tolerances = :tolerances::json,
                   match_differences = :differences::json, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :invoice
            """;

    /** Writes the evidence; the invoice's row is locked. */
    void insert(
            Tx tx,
            UUID invoice,
            MatchResult result,
            MatchTolerances tolerances,
            List<Accepted> differences,
            String by) {
        String resultJson = Json.write(Json.tree(result));
        String tolerancesJson = Json.write(Json.tree(tolerances));
        ObjectNode kept = Json.object();
        ArrayNode all = kept.putArray("differences");
        differences.forEach(difference -> all.add(Json.tree(difference)));
        tx.handle()
                .createUpdate(INSERT)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .bind("outcome", InvoiceRows.text(result.outcome()))
                .bind("decision", InvoiceRows.text(result.decision()))
                .bindArray("codes", String.class, result.codes())
                .bind("result", resultJson)
                .bind("tolerances", tolerancesJson)
                .bind("by", by)
                .execute();
        tx.handle()
                .createUpdate(KEEP)
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .bind("result", resultJson)
                .bind("outcome", InvoiceRows.text(result.outcome()))
                .bind("tolerances", tolerancesJson)
                .bind("differences", Json.write(kept))
                .execute();
    }

    // Index: supplier_invoices_pkey.
    private static final String LAST = """
            select match_result::text as result, match_tolerances::text as tolerances, match_differences::text as differences
              from supplier_invoices
             where tenant_id = :tenant and id = :invoice and match_result is not null
            """;

    /**
     * The last match of an invoice.
     *
     * @param differences that somebody has to accept
     */
    record Last(MatchResult result, MatchTolerances tolerances, List<Accepted> differences) {}

    Optional<Last> last(Tx tx, UUID invoice) {
        return tx.handle()
                .createQuery(LAST)
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .map((row, context) -> new Last(
                        Json.bind(Json.readObject(row.getString("result")), MatchResult.class),
                        Json.bind(Json.readObject(row.getString("tolerances")), MatchTolerances.class),
                        differences(row.getString("differences"))))
                .findOne();
    }

    private static List<Accepted> differences(String json) {
        return StreamSupport.stream(
                        Json.readObject(json).get("differences").spliterator(), false)
                .map(node -> Json.bind((ObjectNode) node, Accepted.class))
                .toList();
    }

    private static final String ACCEPT = """
            insert into supplier_invoice_acceptances
                   (tenant_id, invoice_id, approval_id, code, line_no, quantity, unit_price, deviation)
            values (:tenant, :invoice, :approval, :code, :lineNo,
                    (select l.quantity from supplier_invoice_lines l
                      where l.tenant_id = :tenant and l.invoice_id = :invoice and l.line_no = :lineNo),
                    (select l.unit_price from supplier_invoice_lines l
                      where l.tenant_id = :tenant and l.invoice_id = :invoice and l.line_no = :lineNo),
                    :deviation)
                on conflict (tenant_id, invoice_id, approval_id, code, line_no) do nothing
            """;

    /** Remembers what a granted approval accepted. */
    void accept(Tx tx, UUID invoice, UUID approval, List<Accepted> differences) {
        if (differences.isEmpty()) {
            return;
        }
        var batch = tx.handle().prepareBatch(ACCEPT);
        differences.forEach(difference -> batch.bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .bind("approval", approval)
                .bind("code", difference.code())
                .bind("lineNo", difference.lineNo())
                .bind("deviation", difference.deviation())
                .add());
        batch.execute();
    }

    // Index: supplier_invoice_acceptances_pkey.
    private static final String ACCEPTED = """
            select code, line_no, max(deviation) as deviation
              from supplier_invoice_acceptances
             where tenant_id = :tenant and invoice_id = :invoice
             group by code, line_no
            """;

    List<Accepted> accepted(Tx tx, UUID invoice) {
        return tx.handle()
                .createQuery(ACCEPTED)
                .bind("tenant", tx.tenant())
                .bind("invoice", invoice)
                .map((row, context) -> new Accepted(
                        row.getString("code"), row.getInt("line_no"), row.getBigDecimal("deviation")))
                .list();
    }
}
