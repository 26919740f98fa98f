package dev.millrace.erp.imports;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Masters;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.procurement.SupplierImportRows;
import dev.millrace.erp.procurement.SupplierImportRows.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Suppliers. One that a file brings in is active: the company buys from it already. Its bank is not a matter of files, and its
 * status is not changed by one.
 */
public final class SupplierImport implements KindImport {
    private static final int TERMS_USUAL = 30;

    private final java.util.function.Supplier<UUID> ids;
    private final Masters masters;
    private final SupplierImportRows rows = new SupplierImportRows();
    private final CompanyRows companies = new CompanyRows();

    public SupplierImport(java.util.function.Supplier<UUID> ids, Masters masters) {
        this.ids = ids;
        this.masters = masters;
    }

    /** Whether a law protects it as a small enterprise. */
    private enum Msme {
        NONE,
        MICRO,
        SMALL,
        MEDIUM
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.required("supplier_code", "code"),
                Column.required("name"),
                Column.optional("gstin"),
                Column.optional("state_code"),
                Column.optional("country"),
                Column.optional("address_line1", "address"),
                Column.optional("city"),
                Column.optional("pin"),
                Column.optional("email"),
                Column.optional("phone"),
                Column.optional("currency"),
                Column.optional("payment_terms_days"),
                Column.optional("msme"));
    }

    @Override
    public List<String> key() {
        return List.of("supplier_code");
    }

    @Override
    public List<Outcome> take(Tx tx, List<Row> given, boolean write, Actor actor) {
        Company company = companies.get(tx);
        List<Cells> cells = given.stream().map(Cells::new).toList();
        List<Known> there = rows.find(
                tx,
                cells.stream()
                        .flatMap(row -> row.given("supplier_code").stream())
                        .toList(),
                cells.stream()
                        .flatMap(row -> row.given("gstin").stream())
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .toList());
        var holders = new GstinHolders();
        there.forEach(known -> holders.put(known.gstin(), known.code()));
        Map<String, Known> byCode = new HashMap<>();
        there.forEach(known -> byCode.put(known.code(), known));
        List<Change<Known>> changes = cells.stream()
                .map(row -> change(
                        row,
                        row.given("supplier_code").flatMap(code -> Optional.ofNullable(byCode.get(code))),
                        company,
                        holders))
                .toList();
        if (write) {
            List<Known> created = Change.created(changes);
            if (!created.isEmpty()) {
                masters.addSuppliers(
                        tx, created.stream().map(SupplierImport::supplier).toList());
            }
            // What is new has no address yet: the service that adds suppliers knows none.
            rows.update(
                    tx,
                    Stream.concat(
                                    created.stream()
                                            .filter(known ->
                                                    known.addressLine1().isPresent()),
                                    Change.updated(changes).stream())
                            .toList());
        }
        return changes.stream().map(Change::outcome).toList();
    }

    private Change<Known> change(Cells cells, Optional<Known> there, Company company, GstinHolders holders) {
        String own = company.info().currency();
        String country = company.info().country();
        String code = cells.required("supplier_code", Form.CODE_MOST);
        Known before = there.orElseGet(() -> new Known(
                ids.get(),
                code,
                "",
                Optional.empty(),
                Optional.empty(),
                country,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                own,
                TERMS_USUAL,
                "none"));
        Form.Place place = Form.place(cells, place(before), country);
        holders.claim(place.gstin(), code, cells);
        var wanted = new Known(
                before.id(),
                code,
                cells.required("name", Form.NAME_MOST),
                place.gstin(),
                place.stateCode(),
                place.country(),
                place.addressLine1(),
                place.city(),
                place.pin(),
                place.email(),
                place.phone(),
                Form.currency(cells, before.currency(), own),
                cells.whole("payment_terms_days", before.paymentTermsDays(), TERMS_USUAL, Form.DAYS_MOST),
                cells.choice("msme", Msme.class, Msme.valueOf(before.msme().toUpperCase(Locale.ROOT)), Msme.NONE)
                        .name()
                        .toLowerCase(Locale.ROOT));
        return Change.of(there, wanted, cells);
    }

    private static Form.Place place(Known known) {
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

    private static Supplier supplier(Known known) {
        return new Supplier(
                known.id(),
                known.code(),
                known.name(),
                known.gstin(),
                known.stateCode(),
                known.country(),
                known.city(),
                known.pin(),
                known.email(),
                known.phone(),
                known.currency(),
                known.paymentTermsDays(),
                known.msme(),
                Supplier.Status.ACTIVE);
    }
}
