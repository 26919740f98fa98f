package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.Allocation;
import dev.millrace.erp.Payment.Status;
import dev.millrace.erp.core.Columns;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code payments} and {@code payment_allocations}, as they are read. */
public final class PaymentRows {
    private static final int DECIMALS = 2;

    private static final String SELECT = """
            select p.id, p.number, p.direction, p.party_type, p.party_id, p.party_name, p.amount, p.currency, p.rate,
                   p.amount_base, p.method, p.date, p.reference, p.status, p.journal_id, p.payment_run_id, p.created_by,
                   p.created_at, p.posted_at, p.end_reason
              from payments p
             where p.tenant_id = :tenant
            """;

    // Index: payments_pkey.
    private static final String BY_ID = SELECT + " and p.id = :id";

    public Optional<Payment> find(Tx tx, UUID id) {
        return tx
                .handle()
                .createQuery(BY_ID)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map(PaymentRows::payment)
                .list()
                .stream()
                .findFirst()
                .map(payment -> with(tx, List.of(payment)).getFirst());
    }

    // Index: payments_pkey.
    private static final String HOLD = """
            select status from payments where tenant_id = :tenant and id = :id for update
            """;

    /** Locks it; what it pays is held by the caller afterwards. */
    Optional<Payment> hold(Tx tx, UUID id) {
        Optional<String> status = tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
        return status.isEmpty() ? Optional.empty() : find(tx, id);
    }

    // Index: payments_run.
    private static final String HOLD_RUN = SELECT + " and p.payment_run_id = :run order by p.id for update of p";

    /** Those of a run, locked by id. */
    List<Payment> holdRun(Tx tx, UUID run) {
        return with(
                tx,
                tx.handle()
                        .createQuery(HOLD_RUN)
                        .bind("tenant", tx.tenant())
                        .bind("run", run)
                        .map(PaymentRows::payment)
                        .list());
    }

    // Index: payments_draft.
    private static final String HOLD_DRAFTS = SELECT + """
               and p.status = 'draft' and p.currency = :currency and p.direction = 'outgoing'
               and p.payment_run_id is null and p.method <> 'cash' and p.date <= :until
               and (:all or p.id = any (:ids))
             order by p.id
             limit :limit
               for update of p
            """;

    /**
     * Drafts that no run has taken yet, locked by id.
     *
     * @param ids only these; empty for all
     */
    List<Payment> holdDrafts(Tx tx, String currency, LocalDate until, List<UUID> ids, int limit) {
        return with(
                tx,
                tx.handle()
                        .createQuery(HOLD_DRAFTS)
                        .bind("tenant", tx.tenant())
                        .bind("currency", currency)
                        .bind("until", until)
                        .bind("all", ids.isEmpty())
                        .bindArray("ids", UUID.class, ids.toArray())
                        .bind("limit", limit)
                        .map(PaymentRows::payment)
                        .list());
    }

    // Index: payments_pkey, backwards.
    private static final String PAGE = SELECT + """
               and (:status::text is null or p.status = :status)
               and (:party::uuid is null or p.party_id = :party)
               and (:run::uuid is null or p.payment_run_id = :run)
               and (:before::uuid is null or p.id < :before)
             order by p.id desc
             limit :limit
            """;

    /** Newest first. */
    public List<Payment> page(
            Tx tx,
            Optional<Status> status,
            Optional<UUID> party,
            Optional<UUID> run,
            Optional<UUID> before,
            int limit) {
        return with(
                tx,
                tx.handle()
                        .createQuery(PAGE)
                        .bind("tenant", tx.tenant())
                        .bind("status", status.map(PaymentRows::text))
                        .bind("party", party)
                        .bind("run", run)
                        .bind("before", before)
                        .bind("limit", limit)
                        .map(PaymentRows::payment)
                        .list());
    }

    // Index: payment_allocations_pkey.
    private static final String ALLOCATIONS = """
            select payment_id, document_type, document_id, amount, number, rate
              from payment_allocations
             where tenant_id = :tenant and payment_id = any (:ids)
             order by payment_id, document_type, document_id
            """;

    private static List<Payment> with(Tx tx, List<Payment> payments) {
        if (payments.isEmpty()) {
            return payments;
        }
        Map<UUID, List<Allocation>> byPayment = new LinkedHashMap<>();
        tx.handle()
                .createQuery(ALLOCATIONS)
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, payments.stream().map(Payment::id).toArray())
                .map((row, context) -> byPayment
                        .computeIfAbsent(row.getObject("payment_id", UUID.class), id -> new ArrayList<>())
                        .add(new Allocation(
                                row.getString("document_type"),
                                row.getObject("document_id", UUID.class),
                                Columns.decimal(row, "amount", DECIMALS),
                                row.getString("number"),
                                Columns.decimal(row, "rate", 0))))
                .list();
        return payments.stream()
                .map(payment -> with(payment, byPayment.getOrDefault(payment.id(), List.of())))
                .toList();
    }

    private static Payment with(Payment p, List<Allocation> allocations) {
        return new Payment(
                p.id(),
                p.number(),
                p.direction(),
                p.partyType(),
                p.partyId(),
                p.partyName(),
                p.amount(),
                p.currency(),
                p.rate(),
                p.amountBase(),
                p.method(),
                p.date(),
                p.reference(),
                p.status(),
                p.journalId(),
                p.paymentRunId(),
                p.createdBy(),
                p.createdAt(),
                p.postedAt(),
                p.endReason(),
                allocations);
    }

    // Index: payment_allocations_document.
    private static final String PAID = """
            select coalesce(sum(a.amount), 0)
              from payment_allocations a
              join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
             where a.tenant_id = :tenant and a.document_id = :document and a.document_type = :type and p.status = 'posted'
            """;

    /** The sum of the posted payments of a document. */
    BigDecimal paid(Tx tx, String type, UUID document) {
        return tx.handle()
                .createQuery(PAID)
                .bind("tenant", tx.tenant())
                .bind("type", type)
                .bind("document", document)
                .mapTo(BigDecimal.class)
                .one();
    }

    // Index: payments_draft.
    private static final String DRAFTS = """
            select count(*) from payments
             where tenant_id = :tenant and status = 'draft' and date between :from and :to
            """;

    int drafts(Tx tx, LocalDate from, LocalDate to) {
        return tx.handle()
                .createQuery(DRAFTS)
                .bind("tenant", tx.tenant())
                .bind("from", from)
                .bind("to", to)
                .mapTo(Integer.class)
                .one();
    }

    private static Payment payment(ResultSet row, StatementContext context) throws SQLException {
        return new Payment(
                row.getObject("id", UUID.class),
                row.getString("number"),
                Payment.Direction.valueOf(upper(row, "direction")),
                Payment.PartyType.valueOf(upper(row, "party_type")),
                row.getObject("party_id", UUID.class),
                row.getString("party_name"),
                Columns.decimal(row, "amount", DECIMALS),
                row.getString("currency"),
                Columns.decimal(row, "rate", 0),
                Columns.decimal(row, "amount_base", DECIMALS),
                Payment.Method.valueOf(upper(row, "method")),
                row.getObject("date", LocalDate.class),
                Optional.ofNullable(row.getString("reference")),
                Status.valueOf(upper(row, "status")),
                Optional.ofNullable(row.getObject("journal_id", UUID.class)),
                Optional.ofNullable(row.getObject("payment_run_id", UUID.class)),
                row.getString("created_by"),
                Columns.instant(row, "created_at").orElseThrow(),
                Columns.instant(row, "posted_at"),
                Optional.ofNullable(row.getString("end_reason")),
                List.of());
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(ResultSet row, String column) throws SQLException {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }
}
