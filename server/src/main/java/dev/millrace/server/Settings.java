package dev.millrace.server;

import dev.millrace.engine.Limits;
import dev.millrace.engine.RetentionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server is told from outside, read from the environment by {@link #read} and nowhere else.
 *
 * @param port 0 takes a free one
 * @param home the folder of the embedded database, keys and logs
 * @param external a PostgreSQL of somebody else; empty: the embedded one
 * @param databaseName which database of the embedded cluster
 * @param demo the demo companies are there, and time can be moved
 * @param bind the address to listen on
 * @param lease how long a node that died keeps its executions; {@code poll} how often it looks for due ones
 * @param limits what this installation allows at most
 * @param mail empty: mails go no further than the outbox
 * @param publicUrl where people reach the server, for links in mails; empty: this machine
 * @param managementPort health and metrics on a port of their own; empty: on the same
 * @param workflowBuilder the default of the feature flag of that name
 * @param redisUrl empty: hints by the database, no events by stream, nothing published
 * @param retention how long journal and events are kept
 */
public record Settings(
        int port,
        Path home,
        Optional<External> external,
        String databaseName,
        NodeRole role,
        boolean demo,
        String bind,
        Duration lease,
        Duration poll,
        Limits limits,
        Optional<Mail> mail,
        Optional<String> publicUrl,
        Optional<Integer> managementPort,
        boolean workflowBuilder,
        Optional<String> redisUrl,
        RetentionSettings retention) {

    /** What this node does. */
    public enum NodeRole {
        ALL,
        API,
        WORKER
    }

    /** A user of a database. */
    public record SignIn(String user, String password) {
        @Override
        public String toString() {
            return "SignIn[" + user + "]";
        }
    }

    /**
     * A PostgreSQL that somebody else runs.
     *
     * @param url for JDBC, without user and password
     * @param migrating empty: the tables are brought up to date by {@code ./millrace migrate}, not by the server
     */
    public record External(String url, SignIn serving, Optional<SignIn> migrating) {}

    /**
     * Where mails go out.
     *
     * @param startTls true: nothing is sent without encryption
     * @param headsTo addresses that get the head of each company's journal once a day
     */
    public record Mail(
            String host, int port, Optional<SignIn> signIn, boolean startTls, String from, List<String> headsTo) {
        public Mail {
            headsTo = List.copyOf(headsTo);
        }
    }

    /** What reading the environment gave. */
    public sealed interface Read {
        /** Warnings are for the person who starts the server. */
        record Good(Settings settings, List<String> warnings) implements Read {
            public Good {
                warnings = List.copyOf(warnings);
            }
        }

        /** Each message names a variable, what was expected and what there is. */
        record Wrong(List<String> messages) implements Read {
            public Wrong {
                messages = List.copyOf(messages);
            }
        }
    }

    /** Reads all of it, and finds all that is wrong at once. */
    public static Read read(Map<String, String> environment) {
        return new SettingsReader(environment).read();
    }
}
