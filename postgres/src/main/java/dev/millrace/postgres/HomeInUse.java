package dev.millrace.postgres;

/** Another server, in this or another process, holds the home folder. Nothing was touched. */
public final class HomeInUse extends PostgresUnavailable {
    HomeInUse(String message) {
        super(message);
    }
}
