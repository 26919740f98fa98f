package dev.millrace.server.wiring;

import dev.millrace.engine.Engine;
import dev.millrace.erp.SeededTemplates.Shelf;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.server.security.Passwords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the demo companies where they lack. */
public final class Seeding {
    private static final Logger log = LoggerFactory.getLogger(Seeding.class);

    private Seeding() {}

    public static void ofDemo(Node node) {
        Engine engine = node.engine();
        // Hashing is slow on purpose, and all of them have the same password.
        String[] hash = {""};
        new DemoCompanies(node.erp(), engine.transactions(), node.trail(), Shelf.of(engine.definitions()))
                .seed(password -> {
                    hash[0] = hash[0].isEmpty() ? Passwords.hash(password) : hash[0];
                    return hash[0];
                });
        log.warn(
                "The demo companies are here: everybody who reaches this server can sign in as admin@acme.test with the"
                        + " password '{}'. Set MILLRACE_DEMO=false for real work.",
                DemoCompanies.PASSWORD);
    }
}
