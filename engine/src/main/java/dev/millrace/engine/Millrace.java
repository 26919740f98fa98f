package dev.millrace.engine;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.action.Action;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The way in for a Java program that embeds the engine: a PostgreSQL, a {@link Directory} and actions of its own are
 * all that it brings.
 */
public final class Millrace {
    private Millrace() {}

    /** Brings the tables up to date; see {@link Schema#migrate}. */
    public static int migrate(DataSource owner, String... locations) {
        return Schema.migrate(owner, List.of(locations));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Gathers what an engine is made of. {@link #dataSource} and {@link #directory} must be given. */
    public static final class Builder {
        private static final int COMMITTERS_MOST = 4;

        private final ActionRegistry actions = new ActionRegistry();
        private final EventTypes events = new EventTypes();
        private final List<EntityType> entities = new ArrayList<>();
        private Optional<DataSource> serving = Optional.empty();
        private Optional<DataSource> committers = Optional.empty();
        private Optional<Directory> directory = Optional.empty();
        private NodeSettings settings = NodeSettings.of(UuidCreator.getTimeOrderedEpochPlus1());

        private Builder() {}

        /**
         * Pooled connections of the serving role, which is neither owner nor superuser: 10 or more. Without
         * {@link #committers} the group commit takes its connections from here too.
         */
        public Builder dataSource(DataSource pool) {
            this.serving = Optional.of(pool);
            return this;
        }

        /** Connections for the group commit alone, 4 at most, so that slow actions never make a commit wait. */
        public Builder committers(DataSource pool) {
            this.committers = Optional.of(pool);
            return this;
        }

        public Builder directory(Directory of) {
            this.directory = Optional.of(of);
            return this;
        }

        /**
         * @throws IllegalArgumentException it lacks {@code @Named}, or its name is taken
         */
        public Builder action(Action action) {
            actions.register(action);
            return this;
        }

        /**
         * @throws IllegalArgumentException the name is taken
         */
        public Builder event(EventType type) {
            events.register(type);
            return this;
        }

        public Builder entity(EntityType type) {
            entities.add(type);
            return this;
        }

        /** Other than the usual: lease 30 s, poll 1 s, 1024 executions at once. */
        public Builder settings(NodeSettings of) {
            this.settings = of;
            return this;
        }

        /**
         * Nothing runs before {@link Engine#start}.
         *
         * @throws IllegalStateException {@link #dataSource} or {@link #directory} is missing
         */
        public Engine build() {
            DataSource pool = serving.orElseThrow(() -> new IllegalStateException(
                    "Expected dataSource(…) with connections of the serving role before build()"));
            return new Engine(new Engine.Setup(
                    pool,
                    committers.orElse(pool),
                    Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, COMMITTERS_MOST),
                    settings,
                    directory.orElseThrow(() -> new IllegalStateException(
                            "Expected directory(…) with the people of the companies before build()")),
                    actions,
                    events,
                    List.copyOf(entities),
                    Holds.NONE));
        }
    }
}
