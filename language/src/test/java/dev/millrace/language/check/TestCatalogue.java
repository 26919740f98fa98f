package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Policies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The shipped catalogue, for a company with the modules asked for and members of its own. */
public final class TestCatalogue {
    private static final Set<String> ALL_MODULES = Set.of("core", "finance", "procurement", "inventory", "sales");
    private static final Map<String, Integer> ROLES = Map.of(
            "Finance Head", 1,
            "CFO", 1,
            "Sales Head", 1,
            "Accounts", 2,
            "Warehouse Manager", 1,
            "Procurement Manager", 1,
            "Purchasing", 1,
            "Auditor", 0);
    private static final Set<String> MEMBERS = Set.of("asha@acme.example", "0195d3a0-0000-7000-8000-000000000001");

    /** The templates in the root's folder {@code templates}. */
    public static final List<String> TEMPLATES = List.of(
            "credit-limit-breach",
            "e-invoice-on-sales-invoice",
            "expense-claim-approval",
            "gst-reconciliation-reminder",
            "key-account-sales-order-approval",
            "low-stock-reorder-alert",
            "month-end-close",
            "payment-run-approval",
            "price-change-approval",
            "purchase-order-approval",
            "supplier-bank-change-control",
            "three-way-invoice-matching",
            "vendor-onboarding");

    private TestCatalogue() {}

    /** {@link #TEMPLATES}, as tests with parameters ask for them. */
    public static List<String> templates() {
        return TEMPLATES;
    }

    public static Catalogue everything() {
        return of(ALL_MODULES);
    }

    public static Catalogue of(Set<String> modules) {
        Catalogue shipped = CatalogueFile.shipped(modules);
        return new Catalogue(
                shipped.actions(),
                shipped.unavailableActions(),
                shipped.events(),
                ROLES,
                MEMBERS,
                shipped.entities(),
                shipped.policies(),
                shipped.currency(),
                shipped.zone());
    }

    /** The same company with other policies. */
    public static Catalogue with(Catalogue c, Policies policies) {
        return new Catalogue(
                c.actions(),
                c.unavailableActions(),
                c.events(),
                c.roles(),
                c.members(),
                c.entities(),
                policies,
                c.currency(),
                c.zone());
    }

    public static String template(String name) {
        return resource("/templates/" + name + ".yaml");
    }

    public static String text(String path) {
        return resource(path);
    }

    static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(TestCatalogue.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
