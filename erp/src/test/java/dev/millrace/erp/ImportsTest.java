package dev.millrace.erp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.ImportJob.Fault;
import dev.millrace.erp.ImportJob.Mode;
import dev.millrace.erp.ImportJob.Status;
import dev.millrace.erp.core.Csv;
import dev.millrace.erp.imports.Column;
import dev.millrace.erp.imports.CsvFile;
import dev.millrace.erp.imports.ImportRun;
import dev.millrace.erp.imports.KindImport;
import dev.millrace.erp.imports.Outcome;
import dev.millrace.erp.imports.Row;
import dev.millrace.erp.imports.SupplierImport;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportsTest {
    private static final String SUPPLIERS = "supplier_code,name,gstin,city,payment_terms_days,msme,currency\n";

    private final World world = new World();
    private final Imports imports = world.erp.imports();
    private final ImportRunner runner = world.erp.importRunner(world.trail());

    private ImportStart start(ImportKind kind, byte[] file, Mode mode, boolean dryRun) {
        var wanted = new NewImport(kind, "file.csv", mode, dryRun);
        var admin = world.member("admin");
        return world.run(tx -> imports.start(tx, wanted, file, admin));
    }

    private ImportJob run(ImportKind kind, String file, Mode mode, boolean dryRun) {
        return run(kind, file.getBytes(UTF_8), mode, dryRun);
    }

    private ImportJob run(ImportKind kind, byte[] file, Mode mode, boolean dryRun) {
        ImportStart start = start(kind, file, mode, dryRun);
        assertThat(start).isInstanceOf(ImportStart.Started.class);
        while (runner.runOnce(world.tenant)) {
            // One after the other.
        }
        return find(((ImportStart.Started) start).job());
    }

    private ImportJob all(ImportKind kind, String file) {
        return run(kind, file, Mode.ALL_OR_NOTHING, false);
    }

    private ImportJob find(ImportJob job) {
        return world.run(tx -> imports.find(tx, job.id())).orElseThrow();
    }

    private List<Fault> faults(ImportJob job) {
        return world.run(tx -> imports.faults(tx, job.id(), 0, 500));
    }

    private List<String> codes(ImportStart start) {
        assertThat(start).isInstanceOf(ImportStart.Refused.class);
        return ((ImportStart.Refused) start)
                .problems().stream().map(InputProblem::code).toList();
    }

    private Optional<Supplier> supplier(String code) {
        return world.run(tx -> world.erp.masters().suppliers(tx, "", 500)).stream()
                .filter(supplier -> supplier.code().equals(code))
                .findFirst();
    }

    private static byte[] demo(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Csv.class.getResourceAsStream("/demo/" + name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void the_real_files_come_in_and_a_second_time_change_nothing() throws IOException {
        ImportJob suppliers = run(ImportKind.SUPPLIERS, demo("suppliers.csv"), Mode.ALL_OR_NOTHING, false);
        ImportJob customers = run(ImportKind.CUSTOMERS, demo("customers.csv"), Mode.ALL_OR_NOTHING, false);
        ImportJob items = run(ImportKind.ITEMS, demo("items.csv"), Mode.ALL_OR_NOTHING, false);
        ImportJob again = run(ImportKind.SUPPLIERS, demo("suppliers.csv"), Mode.ALL_OR_NOTHING, false);
        ImportJob customersAgain = run(ImportKind.CUSTOMERS, demo("customers.csv"), Mode.SKIP, false);
        ImportJob itemsAgain = run(ImportKind.ITEMS, demo("items.csv"), Mode.SKIP, false);

        assertThat(faults(suppliers)).isEmpty();
        assertThat(suppliers.status()).isEqualTo(Status.COMPLETED);
        assertThat(suppliers.created()).isEqualTo(93);
        assertThat(suppliers.ignoredColumns()).containsExactly("bpi_vendor", "state");
        assertThat(faults(customers)).isEmpty();
        assertThat(customers.created()).isEqualTo(30);
        assertThat(faults(items)).isEmpty();
        assertThat(items.created()).isEqualTo(31);
        assertThat(again.unchanged()).isEqualTo(93);
        assertThat(again.created() + again.updated()).isZero();
        assertThat(customersAgain.unchanged()).isEqualTo(30);
        assertThat(itemsAgain.unchanged()).isEqualTo(31);
        assertThat(supplier("S0001").orElseThrow().status()).isEqualTo(Supplier.Status.ACTIVE);
        assertThat(world.trail)
                .contains("Asha Admin import.completed - completed: suppliers from file.csv: 93 created, 0 changed,"
                        + " 0 as before, 0 left out")
                .contains("Asha Admin import.completed - completed: items from file.csv: 0 created, 0 changed,"
                        + " 31 as before, 0 left out");
    }

    @Test
    void the_same_code_changes_what_is_there_and_columns_that_are_missing_leave_it() {
        all(ImportKind.SUPPLIERS, SUPPLIERS + "N1,Nadi,27AAPFU0939F1ZV,Pune,45,micro,INR\n");

        ImportJob changed = all(ImportKind.SUPPLIERS, "code;name;city\nN1;\"Nadi; Sons\";\n");

        assertThat(changed.updated()).isEqualTo(1);
        Supplier now = supplier("N1").orElseThrow();
        assertThat(now.name()).isEqualTo("Nadi; Sons");
        assertThat(now.city()).isEmpty();
        assertThat(now.gstin()).contains("27AAPFU0939F1ZV");
        assertThat(now.stateCode()).contains("27");
        assertThat(now.paymentTermsDays()).isEqualTo(45);
        assertThat(now.msme()).isEqualTo("micro");
    }

    @Test
    void all_or_nothing_writes_nothing_if_one_row_is_wrong_and_says_what() {
        ImportJob job = all(
                ImportKind.SUPPLIERS, SUPPLIERS + "N1,Nadi,,,,,\nN2,,27AAPFU0939F1ZX,,x,big,RUPEE\nN1,Again,,,,,\n");

        assertThat(job.status()).isEqualTo(Status.FAILED);
        assertThat(job.rowsDone()).isEqualTo(3);
        assertThat(job.skipped()).isEqualTo(2);
        assertThat(job.errors()).isEqualTo(6);
        assertThat(supplier("N1")).isEmpty();
        assertThat(faults(job))
                .extracting(fault -> fault.row() + " " + fault.column() + " " + fault.code())
                .containsExactlyInAnyOrder(
                        "3 name required",
                        "3 gstin invalid_value",
                        "3 payment_terms_days not_a_number",
                        "3 msme not_one_of",
                        "3 currency invalid_value",
                        "4 supplier_code repeated_in_file");
        assertThat(faults(job)).allSatisfy(fault -> assertThat(fault.message()).startsWith("Expected "));
        assertThat(world.trail)
                .containsExactly(
                        "Asha Admin import.failed - failed: suppliers from file.csv: nothing was written, 2 rows"
                                + " have errors");
    }

    @Test
    void skip_writes_the_sound_rows_and_leaves_the_others_out() {
        ImportJob job =
                run(ImportKind.SUPPLIERS, SUPPLIERS + "N1,Nadi,,,,,\n\nN2,,,,,,\nN3,Sagar,,,,,\n", Mode.SKIP, false);

        assertThat(job.status()).isEqualTo(Status.COMPLETED);
        assertThat(job.created()).isEqualTo(2);
        assertThat(job.skipped()).isEqualTo(1);
        assertThat(faults(job).getFirst().row()).isEqualTo(4);
        assertThat(supplier("N3")).isPresent();
        assertThat(supplier("N2")).isEmpty();
    }

    @Test
    void a_dry_run_says_what_would_be_and_writes_nothing() {
        ImportJob job =
                run(ImportKind.SUPPLIERS, SUPPLIERS + "S1,Other,,,,,\nN1,Nadi,,,,,\nN2,,,,,,\n", Mode.SKIP, true);

        assertThat(job.status()).isEqualTo(Status.COMPLETED);
        assertThat(List.of(job.created(), job.updated(), job.skipped())).containsExactly(1, 1, 1);
        assertThat(supplier("N1")).isEmpty();
        assertThat(supplier("S1").orElseThrow().name()).isEqualTo("Supplier S1");
        assertThat(world.trail).isEmpty();
    }

    @Test
    void a_gstin_belongs_to_one_supplier() {
        ImportJob job = run(
                ImportKind.SUPPLIERS,
                SUPPLIERS + "N1,Nadi,27AAPFU0939F1ZV,,,,\nN2,Sagar,27AAPFU0939F1ZV,,,,\n",
                Mode.SKIP,
                false);

        assertThat(job.created()).isEqualTo(1);
        assertThat(faults(job)).extracting(Fault::code).containsExactly("gstin_taken");
        assertThat(faults(job).getFirst().message()).contains("N1");
    }

    @Test
    void what_is_no_file_of_its_kind_is_refused_at_once() {
        Mode mode = Mode.SKIP;
        assertThat(codes(start(ImportKind.SUPPLIERS, new byte[0], mode, false))).containsExactly("empty_file");
        assertThat(codes(start(ImportKind.SUPPLIERS, "name,x\na,b\n".getBytes(UTF_8), mode, false)))
                .containsExactly("column_missing");
        assertThat(codes(start(ImportKind.SUPPLIERS, "code,name,Name\n".getBytes(UTF_8), mode, false)))
                .containsExactly("column_repeated");
        assertThat(codes(start(ImportKind.SUPPLIERS, (SUPPLIERS + "N1,Düna,,,,,").getBytes(ISO_8859_1), mode, false)))
                .containsExactly("not_utf8");
        assertThat(codes(start(ImportKind.SUPPLIERS, (SUPPLIERS + "N1,\"Nadi,,,,,\n").getBytes(UTF_8), mode, false)))
                .containsExactly("malformed_csv");
        String tooMany = "item_code,warehouse_code,quantity,unit_cost\n" + "a,b,1,1\n".repeat(Imports.ROWS_MOST + 1);
        assertThat(codes(start(ImportKind.OPENING_STOCK, tooMany.getBytes(UTF_8), mode, false)))
                .containsExactly("too_many_rows");
        assertThat(world.count("imports")).isZero();
    }

    @Test
    void excels_mark_quotes_and_line_ends_are_read_as_rfc_4180_says() {
        ImportJob job = all(
                ImportKind.SUPPLIERS,
                "\uFEFF\"Supplier Code\",Name,City\r\nN1,\"Nadi \"\"River\"\", Sons\",\"Pune\r\nCamp\"\r\nN2,b,c,d\r\n");

        assertThat(job.status()).isEqualTo(Status.FAILED);
        assertThat(faults(job)).extracting(Fault::code).containsExactly("too_many_cells");
        ImportJob sound = all(
                ImportKind.SUPPLIERS, "\uFEFFsupplier_code,name,city\r\nN1,\"Nadi \"\"River\"\", Sons\",\"Pune\"\r\n");
        assertThat(sound.created()).isEqualTo(1);
        assertThat(supplier("N1").orElseThrow().name()).isEqualTo("Nadi \"River\", Sons");
    }

    @Test
    void customers_are_checked_as_the_database_would() {
        ImportJob job = run(ImportKind.CUSTOMERS, """
                customer_code,name,gstin,gst_treatment,country,credit_limit,key_account
                C1,Asha,,regular,IN,100000,yes
                C2,Berlin,,,DE,,no
                C3,Zone,,sez,IN,1,
                C4,Wrong,,overseas,IN,-1,perhaps
                """, Mode.SKIP, false);

        assertThat(job.created()).isEqualTo(2);
        assertThat(faults(job))
                .extracting(fault -> fault.row() + " " + fault.code())
                .containsExactlyInAnyOrder(
                        "4 treatment_invalid", "5 treatment_invalid", "5 out_of_range", "5 invalid_value");
        Customer overseas =
                world.run(tx -> world.erp.customers().list(tx, "C1", 1)).getFirst();
        assertThat(overseas.treatment()).isEqualTo(Customer.Treatment.OVERSEAS);
        assertThat(overseas.creditLimit()).isEqualTo("0.00");
    }

    @Test
    void items_name_their_supplier_by_code_and_keep_what_only_a_price_change_changes() {
        String header = "item_code,name,hsn_sac,uqc,gst_rate,standard_cost,sales_price,preferred_supplier_code\n";
        ImportJob made = all(ImportKind.ITEMS, header + "NUT,Nut,731816,NOS,18,4.50,9,S1\n");
        ImportJob refused = run(
                ImportKind.ITEMS,
                header + "NUT,Nut,731816,NOS,18,4.50,10,S1\nX,X,12,nos,180,1,,NOBODY\n",
                Mode.SKIP,
                false);

        assertThat(faults(made)).isEmpty();
        assertThat(made.created()).isEqualTo(1);
        assertThat(faults(refused))
                .extracting(fault -> fault.row() + " " + fault.column() + " " + fault.code())
                .containsExactlyInAnyOrder(
                        "2 sales_price price_change_needed", "3 preferred_supplier_code supplier_unknown");
    }

    @Test
    void opening_stock_comes_in_once_and_is_refused_where_stock_has_moved() {
        world.run(tx -> {
            world.erp
                    .masters()
                    .addWarehouses(
                            tx,
                            List.of(new Warehouse(
                                    world.erp.ids().get(),
                                    "MAIN",
                                    "Main store",
                                    Optional.of("27"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    true,
                                    true)));
            return 0;
        });
        String file =
                "item_code,warehouse_code,quantity,unit_cost,reorder_level,reorder_qty\nBOLT,MAIN,100,14.75,10,50\n";

        ImportJob first = all(ImportKind.OPENING_STOCK, file);
        ImportJob again = all(ImportKind.OPENING_STOCK, file);
        ImportJob other = all(ImportKind.OPENING_STOCK, file.replace("100", "101"));
        ImportJob wrong =
                all(ImportKind.OPENING_STOCK, file.replace("BOLT", "FREIGHT").replace("MAIN", "NONE"));

        assertThat(faults(first)).isEmpty();
        assertThat(first.created()).isEqualTo(1);
        assertThat(again.unchanged()).isEqualTo(1);
        assertThat(faults(other)).extracting(Fault::code).containsExactly("stock_exists");
        assertThat(faults(wrong)).extracting(Fault::code).containsExactly("item_unknown", "warehouse_unknown");
        StockLevel level = world.run(tx -> world.erp
                        .stock(world.events, world.trail())
                        .levels(tx, Optional.empty(), false, Stock.After.START, 5))
                .getFirst();
        assertThat(level.onHand()).isEqualByComparingTo(new BigDecimal("100"));
        assertThat(level.reorderQty()).isEqualByComparingTo(new BigDecimal("50"));
    }

    @Test
    void what_a_node_left_behind_another_goes_on_with_and_nothing_is_done_twice() {
        String file = SUPPLIERS
                + IntStream.range(0, 1200)
                        .mapToObj(i -> "B%05d,Big %d,,,,,".formatted(i, i))
                        .collect(Collectors.joining("\n"));
        ImportJob job =
                ((ImportStart.Started) start(ImportKind.SUPPLIERS, file.getBytes(UTF_8), Mode.SKIP, false)).job();
        var dying = new Dying(new SupplierImport(world.erp.ids(), world.erp.masters()));
        CsvFile opened = ((CsvFile.Opened.Sound) CsvFile.open(file.getBytes(UTF_8), dying.columns(), 2000)).file();

        assertThatThrownBy(new ImportRun(world.transactions, world.tenant, job.id(), dying, opened, world.trail())::run)
                .hasMessage("the node dies");
        ImportJob half = find(job);
        while (runner.runOnce(world.tenant)) {
            // Until it is over.
        }
        ImportJob done = find(job);

        assertThat(half.rowsDone()).isEqualTo(500);
        assertThat(half.status()).isEqualTo(Status.RUNNING);
        assertThat(done.created()).isEqualTo(1200);
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
    }

    /** Dies in its second chunk, after its rows were written and before they are committed. */
    private static final class Dying implements KindImport {
        private final KindImport real;
        private int chunks;

        Dying(KindImport real) {
            this.real = real;
        }

        @Override
        public List<Column> columns() {
            return real.columns();
        }

        @Override
        public List<String> key() {
            return real.key();
        }

        @Override
        public List<Outcome> take(Tx tx, List<Row> rows, boolean write, Actor actor) {
            List<Outcome> outcomes = real.take(tx, rows, write, actor);
            chunks++;
            if (chunks == 2) {
                throw new IllegalStateException("the node dies");
            }
            return outcomes;
        }
    }

    @Test
    void two_nodes_do_an_import_once() throws Exception {
        String file = SUPPLIERS
                + IntStream.range(0, 3000)
                        .mapToObj(i -> "B%05d,Big %d,,,,,".formatted(i, i))
                        .collect(Collectors.joining("\n"));
        ImportJob job =
                ((ImportStart.Started) start(ImportKind.SUPPLIERS, file.getBytes(UTF_8), Mode.SKIP, false)).job();

        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = nodes.submit(() -> runner.runOnce(world.tenant));
            var other = nodes.submit(() -> world.erp.importRunner(world.trail()).runOnce(world.tenant));
            one.get();
            other.get();
        }
        while (runner.runOnce(world.tenant)) {
            // What both left to each other.
        }

        ImportJob done = find(job);
        assertThat(done.created()).isEqualTo(3000);
        assertThat(done.unchanged()).isZero();
        assertThat(world.trail)
                .filteredOn(line -> line.contains("import.completed"))
                .hasSize(1);
    }

    @Test
    void twenty_thousand_rows_come_in() {
        String file = SUPPLIERS
                + IntStream.range(0, 20_000)
                        .mapToObj(i -> "B%05d,Big %d,,Pune,30,none,INR".formatted(i, i))
                        .collect(Collectors.joining("\n"));

        ImportJob job = all(ImportKind.SUPPLIERS, file);

        assertThat(job.status()).isEqualTo(Status.COMPLETED);
        assertThat(job.created()).isEqualTo(20_000);
        assertThat(world.<byte[]>run(tx -> tx.handle()
                        .createQuery("select content from imports where tenant_id = :tenant and id = :id")
                        .bind("tenant", world.tenant)
                        .bind("id", job.id())
                        .map((row, context) ->
                                Optional.ofNullable(row.getBytes("content")).orElse(new byte[0]))
                        .one()))
                .isEmpty();
    }

    @Test
    void another_company_neither_sees_nor_does_it() {
        ImportJob job = ((ImportStart.Started)
                        start(ImportKind.SUPPLIERS, (SUPPLIERS + "N1,Nadi,,,,,").getBytes(UTF_8), Mode.SKIP, false))
                .job();
        World other = new World();

        assertThat(other.<Optional<ImportJob>>run(tx -> other.erp.imports().find(tx, job.id())))
                .isEmpty();
        assertThat(runner.tenantsWaiting()).contains(world.tenant).doesNotContain(other.tenant);
        assertThat(other.erp.importRunner(other.trail()).runOnce(other.tenant)).isFalse();
    }
}
