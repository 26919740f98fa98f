package dev.millrace.examples;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Json;
import dev.millrace.engine.Member;
import dev.millrace.engine.MemberDirectory;
import dev.millrace.engine.Millrace;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.*;
import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.Options;
import dev.millrace.postgres.PostgresAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A bicycle workshop mends a chain, durably. The argument is the folder of its database. */
final class Workshop {
    static final UUID BIKES = UUID.fromString("01990000-0000-7000-8000-000000000001");
    static final Member MEERA = new Member(UUID.randomUUID(), "Meera", "meera@bikes.example", true, Set.of("Boss"));

    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final String REPAIR = """
            workflow:
              name: repair
              trigger: { manual: true }
              steps:
                - { id: reserve, action: workshop.reserve, config: { part: "{{ trigger.part }}" } }
                - { id: ask, action: erp.approval.request, depends_on: reserve, config: { role: Boss, message: Mend it? } }
                - { id: mend, action: core.set, depends_on: ask, config: { values: { from: "{{ steps.reserve.output.shelf }}" } } }
            """;

    /** Its row and the result of its step commit together: it happens exactly once. */
    @Named(value = "workshop.reserve", module = "workshop", description = "Lays a spare part aside.")
    static final class Reserve implements LocalAction<Reserve.Config, Reserve.Output> {
        record Config(@Describe("Which part") String part) {}

        record Output(@Describe("Where it lies") String shelf) {}

        @Override
        public Output run(Tx tx, ActionContext context, Config config) {
            String sql = "insert into reserved_part values (?, ?, ?)";
            tx.handle().execute(sql, tx.tenant(), context.executionId(), config.part());
            return new Output("shelf B");
        }
    }

    /** One company with one member. */
    static final class People implements MemberDirectory {
        @Override
        public TenantInfo tenant(Tx tx) {
            return new TenantInfo(BIKES, "bikes", "Bikes & Co", "INR", "IN", ZoneId.of("Asia/Kolkata"), "none");
        }

        @Override
        public Set<String> modules(Tx tx) {
            return Set.of("core", "workshop");
        }

        @Override
        public List<Member> members(Tx tx) {
            return List.of(MEERA);
        }
    }

    public static void main(String[] arguments) {
        try (var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Options.standard());
                var owner = pool(postgres.owner());
                var serving = pool(postgres.serving())) {
            Millrace.migrate(owner, "classpath:db/workshop");
            var builder = Millrace.builder().dataSource(serving).directory(new People());
            try (Engine engine = builder.action(new Reserve()).build()) {
                engine.start();
                run(engine);
            }
        }
    }

    private static void run(Engine engine) {
        UUID repair = engine.run(BIKES, tx -> {
            var saved = engine.definitions().save(tx, REPAIR, Optional.of(true), "person", Actor.SYSTEM);
            var part = Json.object().put("part", "chain");
            UUID definition = saved.orThrow().id();
            return engine.executions().start(tx, definition, part, Actor.SYSTEM).orThrow();
        });
        engine.executions().await(BIKES, repair, "awaiting_approval", PATIENCE);
        var request = engine.run(BIKES, tx -> engine.approvals().pendingOf(tx, repair, "ask"));
        engine.approvals().decide(BIKES, request.orElseThrow().id(), MEERA.id(), true, Optional.of("before noon"));
        var ended = engine.executions().await(BIKES, repair, "completed", PATIENCE);
        System.out.println("The repair has " + ended.outcome().orElseThrow() + ".");
    }

    private static HikariDataSource pool(PostgresAddress address) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        return pool;
    }
}
