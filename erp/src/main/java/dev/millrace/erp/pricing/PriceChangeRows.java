package dev.millrace.erp.pricing;

import static dev.millrace.erp.core.Columns.decimal;
import static dev.millrace.erp.core.Columns.instant;
import static java.math.RoundingMode.HALF_UP;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.PriceChange;
import dev.millrace.erp.PriceChange.Status;
import dev.millrace.erp.core.MemberRows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The table {@code price_changes}. */
final class PriceChangeRows {
    private static final int DECIMALS = 2;
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private static final String SELECT = """
            select p.id, p.item_id, i.code as item_code, i.name as item_name, p.old_price, p.new_price, p.margin_percent,
                   p.effective_date, p.reason, p.requested_by, p.status, p.decided_at, p.decided_by, p.decide_reason,
                   p.in_force_at, p.version, p.created_at
              from price_changes p
              join items i on i.tenant_id = p.tenant_id and i.id = p.item_id
             where p.tenant_id = :tenant
            """;

    private final MemberRows members = new MemberRows();

    // Index: price_changes_pkey.
    private static final String BY_ID = SELECT + " and p.id = :id";

    Optional<PriceChange> find(Tx tx, UUID id) {
        return one(tx, BY_ID, id);
    }

    // Index: price_changes_pkey.
    private static final String HOLD = BY_ID + " for update of p";

    /** It stays as it is until the transaction ends. */
    Optional<PriceChange> hold(Tx tx, UUID id) {
        return one(tx, HOLD, id);
    }

    private Optional<PriceChange> one(Tx tx, String sql, UUID id) {
        Map<UUID, Member> people = people(tx);
        return tx.handle()
                .createQuery(sql)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .map((row, context) -> change(row, people))
                .findOne();
    }

    // Index: price_changes_item where an item is named, else price_changes_pkey read backwards.
    private static final String PAGE = SELECT + """
               and (:item::uuid is null or p.item_id = :item::uuid)
               and (:status::text is null or p.status = :status::text)
               and (:requestedBy::uuid is null or p.requested_by = :requestedBy::uuid)
               and (:before::uuid is null or p.id < :before::uuid)
             order by p.id desc
             limit :limit
            """;

    /** Newest first. */
    List<PriceChange> page(
            Tx tx,
            Optional<UUID> item,
            Optional<Status> status,
            Optional<UUID> requestedBy,
            Optional<UUID> before,
            int limit) {
        Map<UUID, Member> people = people(tx);
        return tx.handle()
                .createQuery(PAGE)
                .bind("tenant", tx.tenant())
                .bind("item", item)
                .bind("status", status.map(PriceChangeRows::text))
                .bind("requestedBy", requestedBy)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> change(row, people))
                .list();
    }

    /** A company's people are few. */
    private Map<UUID, Member> people(Tx tx) {
        return members.byIds(tx, members.all(tx).stream().map(Member::id).toList());
    }

    private static PriceChange change(ResultSet row, Map<UUID, Member> people) throws SQLException {
        BigDecimal before = decimal(row, "old_price", DECIMALS);
        BigDecimal after = decimal(row, "new_price", DECIMALS);
        return new PriceChange(
                row.getObject("id", UUID.class),
                row.getObject("item_id", UUID.class),
                row.getString("item_code"),
                row.getString("item_name"),
                before,
                after,
                before.signum() == 0
                        ? HUNDRED
                        : after.subtract(before).multiply(HUNDRED).divide(before, DECIMALS, HALF_UP),
                row.getBigDecimal("margin_percent") == null
                        ? Optional.empty()
                        : Optional.of(decimal(row, "margin_percent", DECIMALS)),
                row.getObject("effective_date", LocalDate.class),
                Optional.ofNullable(row.getString("reason")),
                Objects.requireNonNull(people.get(row.getObject("requested_by", UUID.class))),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                instant(row, "decided_at"),
                Optional.ofNullable(row.getString("decided_by")),
                Optional.ofNullable(row.getString("decide_reason")),
                instant(row, "in_force_at"),
                row.getInt("version"),
                instant(row, "created_at").orElseThrow());
    }

    static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static final String INSERT = """
            insert into price_changes
                   (tenant_id, id, item_id, old_price, new_price, margin_percent, effective_date, reason, requested_by, status)
            values (:tenant, :id, :item, :oldPrice, :newPrice, :marginPercent, :effectiveDate, :reason, :requestedBy,
                    'requested')
            """;

    /**
     * A change of price that is asked for.
     *
     * @param marginPercent empty: nobody knows
     */
    record New(
            UUID item,
            BigDecimal oldPrice,
            BigDecimal newPrice,
            Optional<BigDecimal> marginPercent,
            LocalDate effectiveDate,
            Optional<String> reason,
            UUID requestedBy) {}

    void insert(Tx tx, UUID id, New change) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("item", change.item())
                .bind("oldPrice", change.oldPrice())
                .bind("newPrice", change.newPrice())
                .bind("marginPercent", change.marginPercent())
                .bind("effectiveDate", change.effectiveDate())
                .bind("reason", change.reason())
                .bind("requestedBy", change.requestedBy())
                .execute();
    }

    // Index: price_changes_pkey.
    private static final String DECIDE = """
            update price_changes
               set status = :status, decided_at = millrace_now(), decided_by = :by, decide_reason = :reason,
                   version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('requested')
            returning id
            """;

    /**
     * @return false: it was decided before
     */
    boolean decide(Tx tx, UUID id, Status status, String by, Optional<String> reason) {
        return tx.handle()
                .createQuery(DECIDE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("status", text(status))
                .bind("by", by)
                .bind("reason", reason)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    // Index: price_changes_coming. Of two who come at once one waits, and then finds nothing left.
    private static final String TAKE_EFFECT = """
            update price_changes
               set in_force_at = millrace_now(), version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and status in ('applied') and in_force_at is null and effective_date <= :today
            returning item_id
            """;

    /** Says of all whose day has come that they count. */
    List<UUID> takeEffect(Tx tx, LocalDate today) {
        return tx
                .handle()
                .createQuery(TAKE_EFFECT)
                .bind("tenant", tx.tenant())
                .bind("today", today)
                .mapTo(UUID.class)
                .stream()
                .distinct()
                .sorted()
                .toList();
    }

    // Index: price_changes_item.
    private static final String IN_FORCE = """
            select new_price from price_changes
             where tenant_id = :tenant and item_id = :item and in_force_at is not null
             order by effective_date desc, decided_at desc, id desc
             limit 1
            """;

    /** The price that counts: that of the latest day, and of two of one day that which was decided last. */
    BigDecimal inForce(Tx tx, UUID item) {
        return tx.handle()
                .createQuery(IN_FORCE)
                .bind("tenant", tx.tenant())
                .bind("item", item)
                .mapTo(BigDecimal.class)
                .one();
    }
}
