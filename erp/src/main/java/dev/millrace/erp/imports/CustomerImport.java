package dev.millrace.erp.imports;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.Customer.Treatment;
import dev.millrace.erp.Customers;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.sales.CustomerImportRows;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Customers. Neither their hold nor their exposure is a matter of files. */
public final class CustomerImport implements KindImport {
    private static final int DAYS_USUAL = 30;
    private static final int DECIMALS = 2;
    private static final BigDecimal LIMIT_MOST = new BigDecimal("1000000000000");
    private static final BigDecimal NONE = BigDecimal.ZERO.setScale(DECIMALS);

    private final Supplier<UUID> ids;
    private final Customers customers;
    private final CustomerImportRows rows = new CustomerImportRows();
    private final CompanyRows companies = new CompanyRows();

    public CustomerImport(Supplier<UUID> ids, Customers customers) {
        this.ids = ids;
        this.customers = customers;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.required("customer_code", "code"),
                Column.required("name"),
                Column.optional("gstin"),
                Column.optional("gst_treatment"),
                Column.optional("state_code"),
                Column.optional("country"),
                Column.optional("address_line1", "address"),
                Column.optional("city"),
                Column.optional("pin"),
                Column.optional("email"),
                Column.optional("phone"),
                Column.optional("key_account", "is_key_account"),
                Column.optional("credit_limit", "credit_limit_inr"),
                Column.optional("credit_days"));
    }

    @Override
    public List<String> key() {
        return List.of("customer_code");
    }

    @Override
    public List<Outcome> take(Tx tx, List<Row> given, boolean write, Actor actor) {
        String country = companies.get(tx).info().country();
        List<Cells> cells = given.stream().map(Cells::new).toList();
        List<Customer> there = rows.find(
                tx,
                cells.stream()
                        .flatMap(row -> row.given("customer_code").stream())
                        .toList(),
                cells.stream()
                        .flatMap(row -> row.given("gstin").stream())
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .toList());
        var holders = new GstinHolders();
        there.forEach(known -> holders.put(known.gstin(), known.code()));
        Map<String, Customer> byCode = new HashMap<>();
        there.forEach(known -> byCode.put(known.code(), known));
        List<Change<Customer>> changes = cells.stream()
                .map(row -> change(
                        row,
                        row.given("customer_code").flatMap(code -> Optional.ofNullable(byCode.get(code))),
                        country,
                        holders))
                .toList();
        if (write) {
            List<Customer> created = Change.created(changes);
            if (!created.isEmpty()) {
                customers.add(tx, created);
            }
            rows.update(tx, Change.updated(changes));
        }
        return changes.stream().map(Change::outcome).toList();
    }

    private Change<Customer> change(Cells cells, Optional<Customer> there, String country, GstinHolders holders) {
        String code = cells.required("customer_code", Form.CODE_MOST);
        Form.Place nowhere = Form.Place.nowhere(country);
        Form.Place place = Form.place(cells, there.map(CustomerImport::place).orElse(nowhere), country);
        holders.claim(place.gstin(), code, cells);
        Treatment usual = place.country().equals("IN") ? Treatment.REGULAR : Treatment.OVERSEAS;
        Treatment treatment = cells.choice(
                "gst_treatment", Treatment.class, there.map(Customer::treatment).orElse(usual), usual);
        treatment(cells, treatment, place);
        var wanted = new Customer(
                there.map(Customer::id).orElseGet(ids),
                code,
                cells.required("name", Form.NAME_MOST),
                place.gstin(),
                treatment,
                place.stateCode(),
                place.country(),
                place.addressLine1(),
                place.city(),
                place.pin(),
                place.email(),
                place.phone(),
                cells.flag("key_account", there.map(Customer::isKeyAccount).orElse(false), false),
                limit(cells, there.map(Customer::creditLimit).orElse(NONE)),
                cells.whole(
                        "credit_days", there.map(Customer::creditDays).orElse(DAYS_USUAL), DAYS_USUAL, Form.DAYS_MOST),
                there.map(Customer::creditHold).orElse(false),
                there.map(Customer::exposure).orElse(NONE));
        return Change.of(there, wanted, cells);
    }

    private static BigDecimal limit(Cells cells, BigDecimal before) {
        BigDecimal limit = cells.decimal("credit_limit", before, NONE);
        boolean fits = limit.signum() >= 0
                && limit.compareTo(LIMIT_MOST) <= 0
                && limit.stripTrailingZeros().scale() <= DECIMALS;
        if (!fits) {
            cells.add(
                    "credit_limit",
                    limit.toPlainString(),
                    "out_of_range",
                    "Expected an amount of 0 or more with at most two decimals but got " + limit.toPlainString());
            return NONE;
        }
        return limit.setScale(DECIMALS);
    }

    private static void treatment(Cells cells, Treatment treatment, Form.Place place) {
        boolean overseas = treatment == Treatment.OVERSEAS;
        if (overseas && (place.country().equals("IN") || place.gstin().isPresent())) {
            cells.add(
                    "gst_treatment",
                    "overseas",
                    "treatment_invalid",
                    "Expected a country other than IN and no GSTIN of a customer overseas: correct one of them");
        }
        boolean needsNumber = treatment == Treatment.SEZ || treatment == Treatment.DEEMED_EXPORT;
        if (needsNumber && place.gstin().isEmpty()) {
            cells.add(
                    "gstin", "", "treatment_invalid", "Expected a GSTIN of a customer in a zone or of deemed exports");
        }
    }

    private static Form.Place place(Customer known) {
        return new Form.Place(
                known.gstin(),
                known.stateCode(),
                known.country(),
                known.addressLine1(),
                known.city(),
                known.pin(),
                known.email(),
                known.phone());
    }
}
