package dev.millrace.language;

import dev.millrace.language.catalogue.CatalogueReader;
import dev.millrace.language.catalogue.CatalogueWriter;
import dev.millrace.language.catalogue.ShippedCatalogue;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Catalogues as JSON, so that definitions can be checked where there is no server: see {@code docs/language.md}. */
public final class CatalogueFile {
    private CatalogueFile() {}

    /** What reading gave. */
    public sealed interface Read {
        record Good(Catalogue catalogue) implements Read {}

        /** The message says where, and what was expected. */
        record Bad(String message) implements Read {}
    }

    /** That of a company in India with every module, and one member for each of the usual roles. */
    public static Catalogue shipped() {
        return ShippedCatalogue.ALL;
    }

    /** The same for a company with these modules only. */
    public static Catalogue shipped(Set<String> modules) {
        return ShippedCatalogue.of(modules);
    }

    /** Never throws. */
    public static Read read(String json) {
        return CatalogueReader.read(json);
    }

    /** What {@link #read} reads again. */
    public static ObjectNode write(Catalogue catalogue) {
        return CatalogueWriter.write(catalogue);
    }
}
