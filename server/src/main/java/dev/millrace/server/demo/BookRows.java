package dev.millrace.server.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What the tables of the ERP say after a run: ledger, stock, invoices, payments, executions. Read past the server and by no
 * code of its.
 */
final class BookRows {
    private final Jdbi jdbi;
    private final UUID tenant;

    /** @param jdbi connects as the role that serves, so row-level security holds here too */
    BookRows(Jdbi jdbi, String slug) {
        this.jdbi = jdbi;
        this.tenant = jdbi.withHandle(h -> h.createQuery("select millrace_tenant_by_slug(:slug)")
                .bind("slug", slug)
                .mapTo(UUID.class)
                .one());
    }

    /**
     * Something that must hold.
     *
     * @param sql gives for each thing it is about {@code name}, for people, and {@code holds}
     */
    private record Claim(String words, String sql) {}

    // Tables are read whole, which is a few thousand rows.
    private static final List<Claim> CLAIMS = List.of(
            new Claim("the trial balance is zero: debits = credits", """
                    select 'debits ' || coalesce(sum(base_debit), 0) || ', credits ' || coalesce(sum(base_credit), 0) as name,
                           coalesce(sum(base_debit) = sum(base_credit), false) as holds
                      from journal_lines where tenant_id = :tenant"""),
            new Claim("every journal balances", """
                    select j.number as name,
                           coalesce(sum(l.base_debit) = sum(l.base_credit) and count(*) = j.line_count, false) as holds
                      from journals j
                      left join journal_lines l on l.tenant_id = j.tenant_id and l.journal_id = j.id
                     where j.tenant_id = :tenant
                     group by j.id, j.number, j.line_count"""),
            new Claim("stock on hand is the sum of its movements, in pieces and in rupees", """
                    select i.code || ' in ' || w.code || ': ' || l.on_hand || ' on hand, movements '
                               || coalesce(sum(m.quantity), 0) as name,
                           l.on_hand = coalesce(sum(m.quantity), 0) and l.value = coalesce(sum(m.value), 0)
                               and l.on_hand >= 0 as holds
                      from stock_levels l
                      join items i on i.tenant_id = l.tenant_id and i.id = l.item_id
                      join warehouses w on w.tenant_id = l.tenant_id and w.id = l.warehouse_id
                      left join stock_movements m on m.tenant_id = l.tenant_id and m.item_id = l.item_id
                       and m.warehouse_id = l.warehouse_id
                     where l.tenant_id = :tenant
                     group by i.code, w.code, l.on_hand, l.value"""),
            new Claim("on the order's lines received = what the receipts say", """
                    select o.number || ' line ' || p.line_no as name,
                           p.received_qty = coalesce((
                               select sum(l.accepted) from goods_receipt_lines l
                                 join goods_receipts g on g.tenant_id = l.tenant_id and g.id = l.goods_receipt_id
                                where l.tenant_id = p.tenant_id and l.po_line_id = p.id and g.status = 'posted'), 0) as holds
                      from purchase_order_lines p
                      join purchase_orders o on o.tenant_id = p.tenant_id and o.id = p.purchase_order_id
                     where p.tenant_id = :tenant"""),
            new Claim("no invoice is paid twice: what was paid is at most its total, and the rest is open", """
                    select i.internal_number || ': total ' || i.total || ', paid ' || paid.posted || ', open ' || i.open_amount
                               as name,
                           paid.posted <= i.total and i.open_amount = i.total - paid.posted - paid.draft as holds
                      from supplier_invoices i
                     cross join lateral (
                           select coalesce(sum(a.amount) filter (where p.status = 'posted'), 0) as posted,
                                  coalesce(sum(a.amount) filter (where p.status = 'draft'), 0) as draft
                             from payment_allocations a
                             join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
                            where a.tenant_id = i.tenant_id and a.document_type = 'supplier_invoice'
                              and a.document_id = i.id) as paid
                     where i.tenant_id = :tenant and i.status in ('released', 'part_paid', 'paid')"""),
            new Claim("nothing was paid of an invoice that is not in the books", """
                    select p.number as name, i.status in ('released', 'part_paid', 'paid') as holds
                      from payment_allocations a
                      join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
                      join supplier_invoices i on i.tenant_id = a.tenant_id and i.id = a.document_id
                     where a.tenant_id = :tenant and a.document_type = 'supplier_invoice'
                       and p.status in ('draft', 'posted')"""),
            new Claim("every released invoice has its journal, once and over its total", """
                    select i.internal_number as name,
                           (select count(*) from journals j
                             where j.tenant_id = i.tenant_id and j.source_type = 'supplier_invoice' and j.source_id = i.id
                               and j.reversal_of is null) = 1
                           and exists (select 1 from journal_lines l
                                where l.tenant_id = i.tenant_id and l.journal_id = i.journal_id and l.credit = i.total
                                  and l.party_id = i.supplier_id) as holds
                      from supplier_invoices i
                     where i.tenant_id = :tenant and i.status in ('released', 'part_paid', 'paid', 'reversed')"""),
            new Claim("no other invoice has a journal", """
                    select i.internal_number as name,
                           not exists (select 1 from journals j
                                where j.tenant_id = i.tenant_id and j.source_type = 'supplier_invoice'
                                  and j.source_id = i.id) as holds
                      from supplier_invoices i
                     where i.tenant_id = :tenant
                       and i.status in ('received', 'on_hold', 'rejected', 'cancelled')"""),
            new Claim("released only what agreed with order and receipt, or what the Finance Head accepted", """
                    select i.internal_number || ' (' || m.outcome || ')' as name,
                           m.outcome in ('matched', 'within_tolerance')
                           and (i.approval_id is null or exists (select 1 from approval_requests a
                                where a.tenant_id = i.tenant_id and a.id = i.approval_id and a.status = 'approved'
                                  and a.entity_id = i.id))
                           and (i.approval_id is not null or not exists (select 1 from supplier_invoice_acceptances x
                                where x.tenant_id = i.tenant_id and x.invoice_id = i.id)) as holds
                      from supplier_invoices i
                      join lateral (select outcome from supplier_invoice_matches s
                                     where s.tenant_id = i.tenant_id and s.invoice_id = i.id
                                     order by s.attempt desc limit 1) as m on true
                     where i.tenant_id = :tenant and i.status in ('released', 'part_paid', 'paid')"""),
            new Claim("every payment run was signed by others than who prepared it, above ₹25 lakh by two", """
                    select r.number as name,
                           r.status = 'cancelled'
                           or (r.status = 'released' and not r.prepared_by = any (r.approved_by)
                               and cardinality(r.approved_by) >= case when r.total_amount > 2500000 then 2 else 1 end
                               and (select count(*) from payments p where p.tenant_id = r.tenant_id
                                     and p.payment_run_id = r.id and p.status = 'posted') = r.payment_count) as holds
                      from payment_runs r where r.tenant_id = :tenant"""),
            new Claim("every fall of stock to its level drafted one order, once", """
                    select i.code as name,
                           count(*) = 1 and (select count(*) from reorders r
                                join workflow_executions x on x.tenant_id = r.tenant_id
                                 and x.trigger->>'id' = r.purchase_order_id::text
                               where r.tenant_id = i.tenant_id and r.item_id = i.id
                                 and x.workflow_name = 'purchase-order-approval') = 1 as holds
                      from workflow_events e
                      join items i on i.tenant_id = e.tenant_id and i.id::text = e.payload->>'item_id'
                     where e.tenant_id = :tenant and e.name = 'stock.below_reorder_level'
                     group by i.tenant_id, i.id, i.code"""),
            new Claim("every tax invoice that needs an IRN has one, and the portal has it once", """
                    select s.number as name,
                           s.einvoice_status = 'registered' and (select count(*) from irp_sandbox_documents d
                                where d.tenant_id = s.tenant_id and d.irn = s.irn) = 1 as holds
                      from sales_invoices s
                     where s.tenant_id = :tenant and s.einvoice_status <> 'not_required'"""),
            new Claim("every execution ended well, or waits for a person who can be named", """
                    select x.workflow_name || ' ' || x.id || ' (' || coalesce(x.outcome, x.status)
                               || coalesce(': ' || (x.error->>'message'), '') || ')' as name,
                           coalesce(x.outcome in ('succeeded', 'stopped'), x.status = 'awaiting_approval' and exists (
                               select 1 from approval_requests a
                                 join member_roles r on r.tenant_id = a.tenant_id and r.role = a.required_role
                                 join members p on p.tenant_id = r.tenant_id and p.id = r.member_id and p.active
                                where a.tenant_id = x.tenant_id and a.execution_id = x.id and a.status = 'pending'
                                  and p.id is distinct from a.requester_id and not p.id = any (a.exclude_users))) as holds
                      from workflow_executions x where x.tenant_id = :tenant"""));

    /** All of them. */
    List<DemoCheck> checks() {
        return inTenant(h -> Stream.concat(
                        CLAIMS.stream().map(claim -> check(h, claim.words(), claim.sql())), Stream.of(stockInLedger(h)))
                .toList());
    }

    // Stock that was there before the company kept books here may not be booked: then only what came after is compared.
    private static final String BOOKED = """
            select exists (select 1 from stock_movements
                            where tenant_id = :tenant and reason = 'opening' and journal_id is null)""";

    private static final String STOCK_IN_LEDGER = """
            select 'ledger ' || ledger.value || ', movements ' || moved.value as name, ledger.value = moved.value as holds
              from (select coalesce(sum(l.base_debit - l.base_credit), 0) as value
                      from journal_lines l
                      join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                     where l.tenant_id = :tenant and a.control_kind = 'stock') as ledger,
                   (select coalesce(sum(value), 0) as value from stock_movements
                     where tenant_id = :tenant and not (reason = 'opening' and journal_id is null)) as moved""";

    private DemoCheck stockInLedger(Handle handle) {
        boolean sinceOpening = handle.createQuery(BOOKED)
                .bind("tenant", tenant)
                .mapTo(Boolean.class)
                .one();
        return check(
                handle,
                "the ledger's stock accounts = the value of the movements"
                        + (sinceOpening ? " since the opening stock, which has no journal" : ""),
                STOCK_IN_LEDGER);
    }

    private DemoCheck check(Handle handle, String words, String sql) {
        record Row(String name, boolean holds) {}
        List<Row> rows = handle.createQuery(sql)
                .bind("tenant", tenant)
                .map((row, context) -> new Row(row.getString("name"), row.getBoolean("holds")))
                .list();
        return new DemoCheck(
                words,
                rows.size(),
                rows.stream().filter(row -> !row.holds()).map(Row::name).toList());
    }

    /** What there is of one kind. */
    record Sum(int count, BigDecimal amount) {}

    // Indexes: none is needed for a few hundred rows.
    private static final String RECEIPTS =
            "select count(*), coalesce(sum(value_base), 0) from goods_receipts where tenant_id = :tenant and status = 'posted'";
    private static final String INVOICES = """
            select count(*), coalesce(sum(total), 0) from supplier_invoices
             where tenant_id = :tenant and status = any (string_to_array(:status, ','))""";
    private static final String PAID = """
            select count(*), coalesce(sum(amount_base), 0) from payments where tenant_id = :tenant and status = 'posted'""";
    private static final String RUNS =
            "select count(*), coalesce(sum(total_amount), 0) from payment_runs where tenant_id = :tenant and status = 'released'";
    private static final String IRNS =
            "select count(*), coalesce(sum(total), 0) from sales_invoices where tenant_id = :tenant and irn is not null";
    private static final String SOLD =
            "select count(*), coalesce(sum(total), 0) from sales_invoices where tenant_id = :tenant and status <> 'draft'";
    private static final String LEDGER = """
            select count(distinct journal_id), coalesce(sum(base_debit), 0) from journal_lines where tenant_id = :tenant""";
    private static final String STOCK =
            "select count(*), coalesce(sum(value), 0) from stock_levels where tenant_id = :tenant";
    private static final String REORDERED = """
            select count(*), coalesce(sum(estimated_amount), 0) from reorders where tenant_id = :tenant""";

    Sum receipts() {
        return sum(RECEIPTS, "");
    }

    /** @param statuses separated by commas */
    Sum invoices(String statuses) {
        return sum(INVOICES, statuses);
    }

    Sum paid() {
        return sum(PAID, "");
    }

    Sum runs() {
        return sum(RUNS, "");
    }

    Sum registered() {
        return sum(IRNS, "");
    }

    Sum sold() {
        return sum(SOLD, "");
    }

    Sum ledger() {
        return sum(LEDGER, "");
    }

    Sum stock() {
        return sum(STOCK, "");
    }

    Sum reordered() {
        return sum(REORDERED, "");
    }

    private Sum sum(String sql, String status) {
        return inTenant(h -> {
            var query = h.createQuery(sql).bind("tenant", tenant);
            if (!status.isEmpty()) {
                query.bind("status", status);
            }
            return query.map((row, context) -> new Sum(row.getInt(1), row.getBigDecimal(2)))
                    .one();
        });
    }

    /** Who is waited for, with how many executions: "Meera Iyer (2)". */
    List<String> waitedFor() {
        return inTenant(h ->
                h.createQuery("""
                        select p.name || ' (' || count(*) || ')'
                          from approval_requests a
                          join member_roles r on r.tenant_id = a.tenant_id and r.role = a.required_role
                          join members p on p.tenant_id = r.tenant_id and p.id = r.member_id and p.active
                         where a.tenant_id = :tenant and a.status = 'pending'
                         group by p.name order by p.name""").bind("tenant", tenant).mapTo(String.class).list());
    }

    private <T> T inTenant(Function<Handle, T> work) {
        return jdbi.inTransaction(h -> {
            h.execute("select set_config('millrace.tenant', ?, true)", tenant.toString());
            return work.apply(h);
        });
    }
}
