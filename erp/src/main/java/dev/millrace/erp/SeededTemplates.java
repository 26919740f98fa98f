package dev.millrace.erp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The definitions that a new company begins with. */
public final class SeededTemplates {
    private static final List<Seeded> ALL =
            List.of(new Seeded("purchase-order-approval", Set.of("core", "procurement")));

    private SeededTemplates() {}

    /**
     * One of them.
     *
     * @param name of the definition
     * @param modules that the company must have
     */
    public record Seeded(String name, Set<String> modules) {
        public Seeded {
            modules = Set.copyOf(modules);
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
    }

    /** Those for a company with these modules. */
    public static List<Seeded> of(Set<String> modules) {
        return ALL.stream()
                .filter(template -> modules.containsAll(template.modules()))
                .toList();
    }
}
