package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.gst.ReconcileGstr2b;
import dev.millrace.erp.gst.ReturnSummary;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the tax return knows of real invoices of suppliers. */
class PurchaseBooksTest {
    private static final String GSTIN = "27AAPFU0939F1ZV";
    private static final String PERIOD = "2025-11";

    private final InvoiceDesk desk = new InvoiceDesk();
    private final World world = desk.world;
    private final Step step = new Step(world);

    PurchaseBooksTest() {
        UUID supplier = desk.order().header().supplierId();
        world.sql(
                "update companies set gstin = '27ZZACM0001A1ZH' where tenant_id = :tenant and :id::uuid is not null",
                supplier);
        world.sql("update suppliers set gstin = '" + GSTIN + "' where tenant_id = :tenant and id = :id", supplier);
    }

    @Test
    void invoices_that_stand_are_held_against_the_statement_and_what_is_missing_there_is_at_risk() {
        PurchaseOrder order = desk.received("100");
        SupplierInvoice found = desk.take(order, "INV-1", "40", "250");
        desk.take(order, "INV-2", "30", "250");
        SupplierInvoice refused = desk.take(order, "INV-3", "10", "250");
        world.run(tx -> desk.invoices.reject(tx, refused.id(), "not ours", desk.clerk));
        desk.take(order, "inv 1", "40", "250");
        statement("INV-1", "900.00", "900.00");

        ReconcileGstr2b.Output output = reconcile();

        assertThat(output.matched()).isEqualTo(1);
        assertThat(output.missingIn2b()).isEqualTo(1);
        assertThat(output.missingInBooks()).isZero();
        assertThat(output.itcAtRisk()).isEqualByComparingTo("1350");
        assertThat(output.suppliersMissing()).singleElement().satisfies(missing -> {
            assertThat(missing.supplierName()).isEqualTo("Supplier S1");
            assertThat(missing.email()).contains("S1@supplier.example");
            assertThat(missing.invoices()).isEqualTo(1);
        });
        assertThat(world.<UUID>run(tx -> tx.handle()
                        .createQuery("select matched_invoice_id from gstr2b_documents where tenant_id = :tenant")
                        .bind("tenant", world.tenant)
                        .mapTo(UUID.class)
                        .one()))
                .isEqualTo(found.id());
    }

    @Test
    void without_a_statement_the_credit_is_that_of_the_books() {
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");

        assertThat(summary().itcAvailable()).isEqualByComparingTo("4500");
        world.run(tx -> desk.invoices.reverse(tx, invoice.id(), "wrong", desk.clerk));
        assertThat(summary().itcAvailable()).isEqualByComparingTo("0");
    }

    private ReconcileGstr2b.Output reconcile() {
        ReconcileGstr2b action = step.action(ReconcileGstr2b.class);
        return world.run(tx -> action.run(
                tx, step, new ReconcileGstr2b.Config(Optional.of(PERIOD), Optional.empty(), Optional.empty())));
    }

    private ReturnSummary.Output summary() {
        ReturnSummary action = step.action(ReturnSummary.class);
        return world.run(tx -> action.run(tx, step, new ReturnSummary.Config(Optional.of(PERIOD))));
    }

    /** As the tax portal writes it, of one invoice. */
    private void statement(String number, String cgst, String sgst) {
        GstReturns returns = world.erp.gstReturns(world.events, world.trail());
        StatementImport done =
                world.run(tx -> returns.importStatement(tx, """
                {"data": {"gstin": "27ZZACM0001A1ZH", "rtnprd": "112025", "docdata": {"b2b": [{"ctin": "%s", "trdnm": "S1",
                  "inv": [{"inum": "%s", "typ": "R", "dt": "20-11-2025", "val": 11800, "pos": "27", "rev": "N",
                    "itcavl": "Y", "items": [{"num": 1, "rt": 18, "txval": 10000, "igst": 0, "cgst": %s, "sgst": %s,
                      "cess": 0}]}]}]}}}
                """.formatted(GSTIN, number, cgst, sgst), desk.clerk));
        assertThat(done).isInstanceOf(StatementImport.Done.class);
    }
}
