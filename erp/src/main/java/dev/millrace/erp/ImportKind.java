package dev.millrace.erp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What files may bring in. */
public enum ImportKind {
    SUPPLIERS("procurement"),
    CUSTOMERS("sales"),
    ITEMS("inventory"),
    OPENING_STOCK("inventory");

    private final String module;

    ImportKind(String module) {
        this.module = module;
    }

    /** Whose data they are. */
    public String module() {
        return module;
    }

    /** As it stands in paths: {@code opening-stock}. */
    public String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ImportKind> ofPath(String path) {
        return Arrays.stream(values()).filter(kind -> kind.path().equals(path)).findFirst();
    }
}
