package dev.millrace.engine.request;

import dev.millrace.engine.IdempotencyKeys;
import dev.millrace.engine.IdempotencyKeys.Answer;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code idempotency_keys}. */
public final class AnswerRows {
    /** A stored answer with the fingerprint of what was asked. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Stored(byte[] fingerprint, Answer answer) {
        public Stored {
            fingerprint = fingerprint.clone();
        }

        @Override
        public byte[] fingerprint() {
            return fingerprint.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stored same
                    && Arrays.equals(fingerprint, same.fingerprint)
                    && answer.equals(same.answer);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(fingerprint);
        }
    }

    private static final String TRY_LOCK = """
            select pg_try_advisory_xact_lock(hashtextextended(:tenant || '/' || :caller || '/' || :key, 0))""";

    /** Takes the key until the end of the transaction; false if somebody else has it at this moment. */
    public boolean tryLock(Tx tx, IdempotencyKeys.Key key) {
        return tx.handle()
                .createQuery(TRY_LOCK)
                .bind("tenant", key.tenant().toString())
                .bind("caller", key.caller().toString())
                .bind("key", key.key())
                .mapTo(Boolean.class)
                .one();
    }

    // By primary key.
    private static final String FIND = """
            select fingerprint, status, headers, body from idempotency_keys
             where tenant_id = :tenant and caller_id = :caller and key = :key
               and created_at > statement_timestamp() - interval '24 hours'""";

    public Optional<Stored> find(Tx tx, IdempotencyKeys.Key key) {
        return bind(tx.handle().createQuery(FIND), key)
                .map((row, context) -> stored(row))
                .findOne();
    }

    // idempotency_keys_age, then by primary key. A few at a time, with each new one: the table stays small by itself.
    private static final String FORGET = """
            delete from idempotency_keys k
             using (select caller_id, key from idempotency_keys
                     where tenant_id = :tenant and created_at <= statement_timestamp() - interval '24 hours'
                     order by created_at
                     limit 20
                       for update skip locked) old
             where k.tenant_id = :tenant and k.caller_id = old.caller_id and k.key = old.key""";

    private static final String INSERT = """
            insert into idempotency_keys (tenant_id, caller_id, key, fingerprint, status, headers, body)
            values (:tenant, :caller, :key, :fingerprint, :status, :headers::json, :body)""";

    // By primary key: this very key, from more than 24 hours ago.
    private static final String FORGET_THIS = """
            delete from idempotency_keys where tenant_id = :tenant and caller_id = :caller and key = :key""";

    /** Under the lock of {@link #tryLock}, when there is none that counts. */
    public void insert(Tx tx, IdempotencyKeys.Key key, Answer answer) {
        tx.handle().createUpdate(FORGET).bind("tenant", key.tenant()).execute();
        bind(tx.handle().createUpdate(FORGET_THIS), key).execute();
        ObjectNode headers = Json.object();
        answer.headers().forEach(headers::put);
        bind(tx.handle().createUpdate(INSERT), key)
                .bind("fingerprint", key.fingerprint())
                .bind("status", answer.status())
                .bind("headers", Json.write(headers))
                .bind("body", answer.body())
                .execute();
    }

    private static <T extends SqlStatement<T>> T bind(T statement, IdempotencyKeys.Key key) {
        return statement
                .bind("tenant", key.tenant())
                .bind("caller", key.caller())
                .bind("key", key.key());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        var headers = new HashMap<String, String>();
        Json.readObject(row.getString("headers"))
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return new Stored(row.getBytes("fingerprint"), new Answer(row.getInt("status"), headers, row.getBytes("body")));
    }
}
