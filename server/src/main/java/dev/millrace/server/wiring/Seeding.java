package dev.millrace.server.wiring;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Saved;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SeededTemplates;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.server.security.Passwords;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the demo companies and the definitions that they begin with where they lack. */
public final class Seeding {
    private static final Logger log = LoggerFactory.getLogger(Seeding.class);

    private Seeding() {}

    public static void ofDemo(Node node) {
        Engine engine = node.engine();
        // Hashing is slow on purpose, and all of them have the same password.
        String[] hash = {""};
        Map<String, UUID> companies = new DemoCompanies(node.erp(), engine.transactions(), node.trail())
                .seed(password -> {
                    hash[0] = hash[0].isEmpty() ? Passwords.hash(password) : hash[0];
                    return hash[0];
                });
        companies.values().forEach(tenant -> engine.run(tenant, tx -> addTemplates(tx, node)));
        log.warn(
                "The demo companies are here: everybody who reaches this server can sign in as admin@acme.test with the"
                        + " password '{}'. Set MILLRACE_DEMO=false for real work.",
                DemoCompanies.PASSWORD);
    }

    private static int addTemplates(Tx tx, Node node) {
        int added = 0;
        for (var template : SeededTemplates.of(node.erp().directory().modules(tx))) {
            if (node.engine().definitions().versions(tx, template.name()).isEmpty()) {
                Saved saved = node.engine()
                        .definitions()
                        .save(tx, template.yaml(), Optional.of(true), "template", Actor.SYSTEM);
                if (!(saved instanceof Saved.Done)) {
                    throw new IllegalStateException("the template " + template.name() + " is not valid: " + saved);
                }
                added++;
            }
        }
        return added;
    }
}
