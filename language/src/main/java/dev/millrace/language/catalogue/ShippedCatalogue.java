package dev.millrace.language.catalogue;

import dev.millrace.language.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The catalogue in {@code catalogue.json}. */
public final class ShippedCatalogue {
    private static final JsonNode SOURCE = load();

    public static final Catalogue ALL = CatalogueReader.of(SOURCE);

    private ShippedCatalogue() {}

    /** For a company with these modules. */
    public static Catalogue of(Set<String> modules) {
        return CatalogueReader.of(SOURCE, modules);
    }

    private static JsonNode load() {
        try (InputStream in = Objects.requireNonNull(
                ShippedCatalogue.class.getResourceAsStream("catalogue.json"), "catalogue.json")) {
            return CatalogueReader.JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
