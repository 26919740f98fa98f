package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Definitions;
import dev.millrace.engine.Tx;
import dev.millrace.language.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The definitions that a new company begins with. */
public final class SeededTemplates {
    private static final String GST = "IN_GST";

    private static final List<Seeded> ALL = List.of(
            new Seeded("purchase-order-approval", Set.of("core", "procurement")),
            new Seeded("three-way-invoice-matching", Set.of("core", "procurement", "inventory")),
            new Seeded("low-stock-reorder-alert", Set.of("core", "inventory", "procurement")),
            new Seeded(
                    "key-account-sales-order-approval",
                    Set.of("core", "sales"),
                    Optional.empty(),
                    Optional.of("sales_order.created")),
            new Seeded("gst-reconciliation-reminder", Set.of("core", "finance"), Optional.of(GST), Optional.empty()));

    private SeededTemplates() {}

    /**
     * One of them.
     *
     * @param name of the definition
     * @param modules that the company must have
     * @param taxRegime the only one that it is for; empty: for all
     * @param event without which it could not start
     */
    public record Seeded(String name, Set<String> modules, Optional<String> taxRegime, Optional<String> event) {
        public Seeded {
            modules = Set.copyOf(modules);
        }

        /** For every tax regime. */
        public Seeded(String name, Set<String> modules) {
            this(name, modules, Optional.empty(), Optional.empty());
        }

        /** The definition's text. */
        public String yaml() {
            String resource = "/templates/" + name + ".yaml";
            try (InputStream in = Objects.requireNonNull(SeededTemplates.class.getResourceAsStream(resource))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isFor(Set<String> present, String regime) {
            return present.containsAll(modules)
                    && taxRegime.map(regime::equals).orElse(true)
                    && event.map(SeededTemplates::isKnown).orElse(true);
        }
    }

    /** Saves and enables one of them, in the transaction that sets a company up. */
    @FunctionalInterface
    public interface Shelf {
        /** Where there is no engine. */
        Shelf NONE = (tx, template) -> {};

        /**
         * @throws RuntimeException it could not be enabled; the company is not set up
         */
        void enable(Tx tx, Seeded template);

        /** Into the definitions of an engine. */
        static Shelf of(Definitions definitions) {
            return (tx, template) -> definitions
                    .save(tx, template.yaml(), Optional.of(true), "template", Actor.SYSTEM)
                    .orThrow();
        }
    }

    /** Those for a company with these modules, under this tax regime. */
    public static List<Seeded> of(Set<String> modules, String taxRegime) {
        return ALL.stream()
                .filter(template -> template.isFor(modules, taxRegime))
                .toList();
    }

    private static boolean isKnown(String event) {
        return ErpCatalogue.events().stream().map(EventType::name).anyMatch(event::equals);
    }
}
