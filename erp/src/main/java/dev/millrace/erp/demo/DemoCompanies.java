package dev.millrace.erp.demo;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.CalendarSettings;
import dev.millrace.erp.CompanyCalendar;
import dev.millrace.erp.CompanyCalendar.Holiday;
import dev.millrace.erp.Customer;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Item;
import dev.millrace.erp.Masters;
import dev.millrace.erp.Members;
import dev.millrace.erp.NewCompany;
import dev.millrace.erp.NewCompany.NewMember;
import dev.millrace.erp.OpeningStock;
import dev.millrace.erp.Permissions;
import dev.millrace.erp.SeededTemplates.Shelf;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.TenantOnboarding;
import dev.millrace.erp.TenantOnboarding.Onboarded;
import dev.millrace.erp.Trail;
import dev.millrace.erp.Warehouse;
import dev.millrace.erp.core.Csv;
import dev.millrace.erp.core.TaxSeatRows;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Seeds the two demo companies: {@code acme}, which buys, and {@code globex}, which has hardly anything. */
public final class DemoCompanies {
    /** Everybody's password. */
    public static final String PASSWORD = "millrace-demo";

    public static final String ACME = "acme";
    public static final String GLOBEX = "globex";

    /** 120 crore: e-invoices, and codes of six digits. */
    private static final BigDecimal ACME_TURNOVER = new BigDecimal("1200000000");

    private final Erp erp;
    private final Transactions transactions;
    private final Trail trail;
    private final TenantOnboarding onboarding;
    private final CalendarSettings calendars;
    private final Members members;
    private final TaxSeatRows seats = new TaxSeatRows();

    /** Without definitions. */
    public DemoCompanies(Erp erp, Transactions transactions, Trail trail) {
        this(erp, transactions, trail, Shelf.NONE);
    }

    /** @param shelf where the definitions go that the companies begin with */
    public DemoCompanies(Erp erp, Transactions transactions, Trail trail, Shelf shelf) {
        this.erp = erp;
        this.transactions = transactions;
        this.trail = trail;
        this.onboarding = erp.onboarding(trail, shelf);
        this.calendars = erp.calendars(trail);
        this.members = erp.members();
    }

    /**
     * Makes those that are not there yet, each in a transaction of its own, and nothing else.
     *
     * @param hash makes a password into what the sign-in compares; called once for each person
     * @return the companies' ids, by slug
     */
    public Map<String, UUID> seed(Function<String, String> hash) {
        return Map.of(
                ACME, seed(ACME, () -> acme(hash), this::equip),
                GLOBEX, seed(GLOBEX, () -> globex(hash), tx -> {}));
    }

    private UUID seed(String slug, java.util.function.Supplier<NewCompany> company, Consumer<Tx> masters) {
        return members.companyBySlug(slug).orElseGet(() -> {
            // Hashing is slow on purpose: not inside the transaction.
            NewCompany made = company.get();
            UUID id = erp.ids().get();
            return transactions.run(id, tx -> {
                if (onboarding.create(tx, made) instanceof Onboarded.Created) {
                    masters.accept(tx);
                    return id;
                }
                throw new IllegalStateException(
                        "the demo company " + slug + " cannot be made: is it being made twice?");
            });
        });
    }

    private static NewCompany acme(Function<String, String> hash) {
        Function<String, String> mail = name -> name + "@acme.test";
        return new NewCompany(
                ACME,
                "Acme Coatings",
                "Acme Coatings Private Limited",
                "INR",
                "IN",
                ZoneId.of("Asia/Kolkata"),
                "IN_GST",
                Optional.of("27ZZACM0001A1ZH"),
                Optional.of("27"),
                Optional.of("Plot 14, MIDC Industrial Area"),
                Optional.of("Pune"),
                Optional.of("411019"),
                4,
                List.of("core", "finance", "procurement", "inventory", "sales"),
                List.of(
                        person("Lakshmi Menon", mail.apply("admin"), hash, Permissions.ADMIN),
                        person("Rohan Kulkarni", mail.apply("requester"), hash, Permissions.REQUESTER),
                        person(
                                "Priya Nair",
                                mail.apply("procurement"),
                                hash,
                                Permissions.PROCUREMENT_MANAGER,
                                Permissions.PURCHASING),
                        person("Imran Sheikh", mail.apply("warehouse"), hash, Permissions.WAREHOUSE_MANAGER),
                        // She raises orders too: her own requests show that nobody decides on what he asked for.
                        person(
                                "Meera Iyer",
                                mail.apply("finance.head"),
                                hash,
                                Permissions.FINANCE_HEAD,
                                Permissions.REQUESTER),
                        person("Arjun Rao", mail.apply("cfo"), hash, Permissions.CFO),
                        person("Farah Khan", mail.apply("sales.head"), hash, Permissions.SALES_HEAD),
                        person("Suresh Patil", mail.apply("accounts"), hash, Permissions.ACCOUNTS),
                        person("Ananya Das", mail.apply("process.owner"), hash, Permissions.PROCESS_OWNER),
                        person("Vikram Bose", mail.apply("auditor"), hash, Permissions.AUDITOR)));
    }

    private static NewCompany globex(Function<String, String> hash) {
        return new NewCompany(
                GLOBEX,
                "Globex",
                "Globex GmbH",
                "EUR",
                "DE",
                ZoneId.of("Europe/Berlin"),
                "EU_VAT",
                Optional.empty(),
                Optional.empty(),
                Optional.of("Speicherstraße 12"),
                Optional.of("Hamburg"),
                Optional.of("20457"),
                1,
                List.of("core", "finance"),
                List.of(
                        person("Jonas Weber", "admin@globex.test", hash, Permissions.ADMIN),
                        person("Katrin Vogel", "finance.head@globex.test", hash, Permissions.FINANCE_HEAD),
                        person("Tobias Lang", "auditor@globex.test", hash, Permissions.AUDITOR)));
    }

    private static NewMember person(String name, String email, Function<String, String> hash, String... roles) {
        return new NewMember(name, email, hash.apply(PASSWORD), Optional.empty(), List.of(roles));
    }

    private void equip(Tx tx) {
        calendars.set(
                tx,
                new CompanyCalendar(
                        CompanyCalendar.USUAL.days(),
                        CompanyCalendar.USUAL.opens(),
                        CompanyCalendar.USUAL.closes(),
                        Csv.read("/demo/holidays.csv").stream()
                                .map(row -> new Holiday(LocalDate.parse(value(row, "date")), value(row, "name")))
                                .toList()),
                Actor.SYSTEM);
        erp.masters()
                .addSuppliers(
                        tx,
                        Csv.read("/demo/suppliers.csv").stream()
                                .map(this::supplier)
                                .toList());
        stock(tx, erp.masters().suppliers(tx, "", Masters.PAGE_MOST));
    }

    /** Each item has a preferred supplier, the first for the first and so on; of goods there is twice the reorder level. */
    private void stock(Tx tx, List<Supplier> suppliers) {
        UUID store = erp.ids().get();
        erp.masters()
                .addWarehouses(
                        tx,
                        List.of(
                                new Warehouse(
                                        store,
                                        "PUNE",
                                        "Pune main store",
                                        Optional.of("27"),
                                        Optional.of("Plot 14, MIDC Industrial Area"),
                                        Optional.of("Pune"),
                                        Optional.of("411019"),
                                        true,
                                        true),
                                new Warehouse(
                                        erp.ids().get(),
                                        "CHENNAI",
                                        "Chennai depot",
                                        Optional.of("33"),
                                        Optional.of("7 Ambattur Estate Road"),
                                        Optional.of("Chennai"),
                                        Optional.of("600058"),
                                        false,
                                        true)));
        erp.customers()
                .add(
                        tx,
                        Csv.read("/demo/customers.csv").stream()
                                .map(this::customer)
                                .toList());
        seats.setTurnover(tx, ACME_TURNOVER);
        List<Map<String, String>> rows = Csv.read("/demo/items.csv");
        var items = new ArrayList<Item>();
        var opening = new ArrayList<OpeningStock>();
        for (int i = 0; i < rows.size(); i++) {
            Item item = item(rows.get(i), suppliers.get(i % suppliers.size()));
            items.add(item);
            if (!item.isService()) {
                BigDecimal level = new BigDecimal(value(rows.get(i), "reorder_level"));
                opening.add(new OpeningStock(
                        new StockKey(item.id(), store),
                        level.multiply(BigDecimal.TWO),
                        item.standardCost(),
                        level,
                        new BigDecimal(value(rows.get(i), "reorder_qty"))));
            }
        }
        erp.masters().addItems(tx, items);
        erp.masters().openStock(tx, opening, trail);
    }

    private Supplier supplier(Map<String, String> row) {
        return new Supplier(
                erp.ids().get(),
                value(row, "supplier_code"),
                value(row, "name"),
                given(row, "gstin"),
                given(row, "state_code"),
                "IN",
                given(row, "city"),
                given(row, "pin"),
                given(row, "email"),
                Optional.empty(),
                value(row, "currency"),
                Integer.parseInt(value(row, "payment_terms_days")),
                value(row, "msme"),
                Supplier.Status.ACTIVE);
    }

    private Item item(Map<String, String> row, Supplier preferred) {
        return new Item(
                erp.ids().get(),
                value(row, "item_code"),
                value(row, "name"),
                value(row, "hsn_sac"),
                Boolean.parseBoolean(value(row, "is_service")),
                value(row, "uqc"),
                new BigDecimal(value(row, "gst_rate_percent")),
                new BigDecimal(value(row, "standard_rate_inr")),
                Optional.empty(),
                Optional.of(preferred.id()),
                false,
                false,
                BigDecimal.ZERO,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private Customer customer(Map<String, String> row) {
        return new Customer(
                erp.ids().get(),
                value(row, "customer_code"),
                value(row, "name"),
                given(row, "gstin"),
                Customer.Treatment.REGULAR,
                given(row, "state_code"),
                "IN",
                Optional.empty(),
                given(row, "city"),
                given(row, "pin"),
                given(row, "email"),
                Optional.empty(),
                Boolean.parseBoolean(value(row, "key_account")),
                new BigDecimal(value(row, "credit_limit_inr")),
                Integer.parseInt(value(row, "credit_days")),
                false,
                BigDecimal.ZERO);
    }

    private static Optional<String> given(Map<String, String> row, String column) {
        return Optional.of(value(row, column)).filter(text -> !text.isEmpty());
    }

    private static String value(Map<String, String> row, String column) {
        return Optional.ofNullable(row.get(column))
                .orElseThrow(() -> new IllegalStateException("the demo's file has no column " + column));
    }
}
