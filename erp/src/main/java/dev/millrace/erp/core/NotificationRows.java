package dev.millrace.erp.core;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Directory.Decidable;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Notification;
import dev.millrace.erp.core.MailTimes.When;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code notifications}. */
public final class NotificationRows {
    private static final String INSERT = """
            insert into notifications
                   (tenant_id, id, channel, member_id, address, subject, body, template, variables, link, status,
                    provider_id, idempotency_key, next_try_at, sent_at, request_id, request_expires_at, digest)
            values (:tenant, :id, :channel, :member, :address, :subject, :body, :template, :variables::json, :link, :status,
                    :providerId, :idempotencyKey, :nextTryAt, :sentAt, :request, :requestExpiresAt, :digest)
                on conflict (tenant_id, idempotency_key) do nothing
            """;

    /**
     * Written once for an idempotency key: a second one is left out.
     *
     * @return whether it was written
     */
    public boolean insert(Tx tx, UUID id, Draft draft) {
        return insert(tx, id, draft, new When(tx.now(), false), Optional.empty());
    }

    /**
     * @param when the message goes out, if it is queued
     * @param decidable the request that its reader may decide by a link in it
     * @return whether it was written
     */
    public boolean insert(Tx tx, UUID id, Draft draft, When when, Optional<Decidable> decidable) {
        boolean queued = draft.status().equals("queued");
        return tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("channel", draft.channel())
                .bind("member", draft.member())
                .bind("address", draft.address())
                .bind("subject", draft.subject())
                .bind("body", draft.body())
                .bind("template", draft.template())
                .bind("variables", draft.variables())
                .bind("link", draft.link())
                .bind("status", draft.status())
                .bind("providerId", draft.providerId())
                .bind("idempotencyKey", draft.idempotencyKey())
                .bind("nextTryAt", queued ? Optional.of(when.at()) : Optional.empty())
                .bind("sentAt", queued ? Optional.empty() : Optional.of(tx.now()))
                .bind("request", decidable.map(Decidable::request))
                .bind("requestExpiresAt", decidable.map(Decidable::expiresAt))
                .bind("digest", when.digest())
                .execute()
                == 1;
    }

    /**
     * A message as it is first written.
     *
     * @param status {@code queued} or {@code sent}
     * @param variables JSON
     */
    public record Draft(
            String channel,
            Optional<UUID> member,
            Optional<String> address,
            Optional<String> subject,
            Optional<String> body,
            Optional<String> template,
            Optional<String> variables,
            Optional<String> link,
            String status,
            Optional<String> providerId,
            Optional<String> idempotencyKey) {}

    // Index: notifications_tenant_id_idempotency_key_key.
    private static final String BY_KEY = """
            select id from notifications where tenant_id = :tenant and idempotency_key = :key
            """;

    public UUID byKey(Tx tx, String idempotencyKey) {
        return tx.handle()
                .createQuery(BY_KEY)
                .bind("tenant", tx.tenant())
                .bind("key", idempotencyKey)
                .mapTo(UUID.class)
                .one();
    }

    private static final String SELECT = """
            select id, channel, member_id, address, subject, body, template, link, status, provider_id, error, sent_at,
                   read_at, created_at
              from notifications
             where tenant_id = :tenant and (:before::uuid is null or id < :before::uuid)
            """;

    // Index: notifications_member, read backwards.
    private static final String OF_MEMBER = SELECT + """
                       and channel = 'in_app' and member_id = :member and (not :unreadOnly or read_at is null)
                     order by id desc
                     limit :limit
                    """;

    public List<Notification> ofMember(Tx tx, UUID member, boolean unreadOnly, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(OF_MEMBER)
                .bind("tenant", tx.tenant())
                .bind("member", member)
                .bind("unreadOnly", unreadOnly)
                .bind("before", before)
                .bind("limit", limit)
                .map(NotificationRows::notification)
                .list();
    }

    // Index: notifications_pkey, read backwards.
    private static final String NEWEST = SELECT + " order by id desc limit :limit";

    public List<Notification> newest(Tx tx, Optional<UUID> before, int limit) {
        return tx.handle()
                .createQuery(NEWEST)
                .bind("tenant", tx.tenant())
                .bind("before", before)
                .bind("limit", limit)
                .map(NotificationRows::notification)
                .list();
    }

    private static Notification notification(ResultSet row, StatementContext context) throws SQLException {
        return new Notification(
                row.getObject("id", UUID.class),
                row.getString("channel"),
                Optional.ofNullable(row.getObject("member_id", UUID.class)),
                Optional.ofNullable(row.getString("address")),
                Optional.ofNullable(row.getString("subject")),
                Optional.ofNullable(row.getString("body")),
                Optional.ofNullable(row.getString("template")),
                Optional.ofNullable(row.getString("link")),
                row.getString("status"),
                Optional.ofNullable(row.getString("provider_id")),
                Optional.ofNullable(row.getString("error")),
                instant(row, "sent_at"),
                instant(row, "read_at"),
                instant(row, "created_at").orElseThrow());
    }

    // Index: notifications_member.
    private static final String READ = """
            update notifications set read_at = millrace_now(), updated_at = millrace_now()
             where tenant_id = :tenant and channel = 'in_app' and member_id = :member and read_at is null
               and (:all or id = any(:ids))
            """;

    /**
     * @param ids empty: all of the member's
     * @return how many were unread
     */
    public int markRead(Tx tx, UUID member, List<UUID> ids) {
        return tx.handle()
                .createUpdate(READ)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bind("member", member)
                .bind("all", ids.isEmpty())
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    // Index: notifications_mailed.
    private static final String MAILED = """
            select member_id, count(*) as mails from notifications
             where tenant_id = :tenant and member_id = any(:members) and channel = 'email' and not digest
               and created_at >= :since
             group by member_id
            """;

    /** By member, how many mails went out to them at once since then; those with none are left out. */
    Map<UUID, Integer> mailed(Tx tx, Collection<UUID> members, Instant since) {
        return tx
                .handle()
                .createQuery(MAILED)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("since", since)
                .map((row, context) -> Map.entry(row.getObject("member_id", UUID.class), row.getInt("mails")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    // Index: notifications_queued. Skips what another sender holds; until the lease ends nobody else takes these.
    private static final String CLAIM = """
            with due as (
                select q.id from notifications q
                 where q.tenant_id = :tenant and q.status = 'queued' and q.next_try_at <= millrace_now()
                   and (not q.digest or q.request_expires_at <= millrace_now() + interval '2 hours')
                 order by q.next_try_at
                 limit :limit
                   for update skip locked)
            update notifications n set tries = n.tries + 1, next_try_at = :leaseEnds, updated_at = millrace_now()
              from due
             where n.tenant_id = :tenant and n.id = due.id and n.status in ('queued')
            returning n.id, n.address, n.subject, n.body, n.link, n.tries, n.member_id, n.request_id
            """;

    /** Mails that go out by themselves. */
    public List<Waiting> claim(Tx tx, int limit, Instant leaseEnds) {
        return waiting(tx, CLAIM, limit, leaseEnds);
    }

    // Index: notifications_queued. All that waits for one address, those that have waited longest first.
    private static final String CLAIM_DIGEST = """
            with due as (
                select q.id from notifications q
                 where q.tenant_id = :tenant and q.status = 'queued' and q.next_try_at <= millrace_now() and q.digest
                   and q.address = (select f.address from notifications f
                                     where f.tenant_id = :tenant and f.status = 'queued' and f.digest
                                       and f.next_try_at <= millrace_now()
                                     order by f.next_try_at, f.id limit 1)
                 order by q.id
                 limit :limit
                   for update skip locked)
            update notifications n set tries = n.tries + 1, next_try_at = :leaseEnds, updated_at = millrace_now()
              from due
             where n.tenant_id = :tenant and n.id = due.id and n.status in ('queued')
            returning n.id, n.address, n.subject, n.body, n.link, n.tries, n.member_id, n.request_id
            """;

    /** Mails to one address that go out as one, in the order in which they were written. */
    public List<Waiting> claimDigest(Tx tx, int limit, Instant leaseEnds) {
        return waiting(tx, CLAIM_DIGEST, limit, leaseEnds).stream()
                .sorted(Comparator.comparing(Waiting::id))
                .toList();
    }

    private static List<Waiting> waiting(Tx tx, String claim, int limit, Instant leaseEnds) {
        return tx.handle()
                .createQuery(claim)
                .bind("tenant", tx.tenant())
                .bind("limit", limit)
                .bind("leaseEnds", leaseEnds)
                .map((row, context) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getString("address"),
                        Optional.ofNullable(row.getString("subject")).orElse(""),
                        Optional.ofNullable(row.getString("body")).orElse(""),
                        Optional.ofNullable(row.getString("link")),
                        row.getInt("tries"),
                        Optional.ofNullable(row.getObject("member_id", UUID.class)),
                        Optional.ofNullable(row.getObject("request_id", UUID.class))))
                .list();
    }

    /**
     * A queued mail that this sender holds.
     *
     * @param tries this one included
     * @param request that its reader may decide
     */
    public record Waiting(
            UUID id,
            String address,
            String subject,
            String body,
            Optional<String> link,
            int tries,
            Optional<UUID> member,
            Optional<UUID> request) {}

    // Index: notifications_pkey.
    private static final String SETTLE = """
            update notifications
               set status = :status, provider_id = :providerId, error = :error, next_try_at = :nextTryAt,
                   sent_at = case when :status = 'sent' then millrace_now() end, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and status in ('queued')
            """;

    /** Writes what became of a claimed mail; {@code queued} with a time: to be tried again then. */
    public void settle(
            Tx tx,
            UUID id,
            String status,
            Optional<String> providerId,
            Optional<String> error,
            Optional<Instant> nextTryAt) {
        tx.handle()
                .createUpdate(SETTLE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("status", status)
                .bind("providerId", providerId)
                .bind("error", error)
                .bind("nextTryAt", nextTryAt)
                .execute();
    }

    // Index: notifications_queued of every tenant. Across tenants: gives ids only.
    private static final String TENANTS_WAITING = """
            select millrace_mail_tenants()
            """;

    public List<UUID> tenantsWaiting(Tx tx) {
        return tx.handle().createQuery(TENANTS_WAITING).mapTo(UUID.class).list();
    }
}
