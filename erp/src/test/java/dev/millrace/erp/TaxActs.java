package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.gst.CancelIrn;
import dev.millrace.erp.gst.CancelReason;
import dev.millrace.erp.gst.IrpSandbox.Behaviour;
import dev.millrace.erp.gst.SubmitToIrp;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The portal for invoices, suppliers' statements, and returns. */
final class TaxActs {
    private static final YearMonth FIRST = YearMonth.of(2026, 4);
    private static final String MADE = "status = 'posted'";

    private final Scene scene;
    private final Acme acme;
    private final GstReturns returns;
    private final SalesInvoices invoices;
    private final Actor accounts;
    private final Step step;
    private final String customer;

    TaxActs(Scene scene) {
        this.scene = scene;
        this.acme = scene.acme();
        this.returns = acme.erp.gstReturns(acme.engine.events(), acme.trail);
        this.invoices = acme.erp.salesInvoices(acme.engine.events(), acme.trail);
        this.accounts = acme.actor("accounts");
        this.step = new StoringStep(acme, accounts);
        this.customer =
                acme.run(tx -> acme.erp.customers().list(tx, "", 1)).getFirst().code();
    }

    List<Scene.Act> all() {
        return List.of(
                this::register,
                this::register,
                this::register,
                this::cancelIrn,
                scene.act(this::sellUnfit),
                scene.act(this::importStatement),
                scene.act(this::file));
    }

    /** A step whose events are stored as the engine stores them. */
    private static final class StoringStep extends Step {
        private final Acme acme;
        private final Actor actor;

        StoringStep(Acme acme, Actor actor) {
            super(
                    acme.erp,
                    acme.engine.documents(),
                    () -> acme.run(tx -> acme.erp.directory().tenant(tx)),
                    actor);
            this.acme = acme;
            this.actor = actor;
        }

        @Override
        public Published publish(Tx tx, String event, ObjectNode payload) {
            return acme.engine.events().publish(tx, NewEvent.of(event, payload, actor));
        }
    }

    /** What the portal said is kept in a transaction of its own where it refuses, and lost now and then. */
    private void register(boolean dies) {
        any(MADE + " and einvoice_status <> 'not_required'").ifPresent(invoice -> {
            var config = new SubmitToIrp.Config(invoice, Optional.empty());
            SubmitToIrp submit = step.action(SubmitToIrp.class);
            atThePortal(() -> {
                SubmitToIrp.Answer answer = submit.call(step, config);
                scene.act(tx -> submit.record(tx, step, config, answer)).happen(dies);
            });
        });
    }

    private void cancelIrn(boolean dies) {
        any(MADE + " and einvoice_status = 'registered'").ifPresent(invoice -> {
            var config = new CancelIrn.Config(invoice, CancelReason.DATA_ENTRY_MISTAKE, Optional.empty());
            CancelIrn cancel = step.action(CancelIrn.class);
            atThePortal(() -> {
                CancelIrn.Answer answer = cancel.call(step, config);
                scene.act(tx -> cancel.record(tx, step, config, answer)).happen(dies);
            });
        });
    }

    private Optional<UUID> any(String rows) {
        return acme.run(tx -> scene.one(tx, "sales_invoices", rows));
    }

    private void atThePortal(Runnable call) {
        acme.erp.irpSandbox().behave(scene.onceIn(5) ? new Behaviour.LosesAnswers() : new Behaviour.Well());
        try {
            call.run();
        } catch (ActionFailure refused) {
            // The portal did not take it, or did not tell.
        }
    }

    /** An invoice that the portal will refuse: the seller's address has no PIN code. */
    private void sellUnfit(Tx tx) {
        pin(tx, Optional.empty());
        InvoiceDrafted drafted = invoices.draft(
                tx,
                NewSalesInvoice.of(
                        customer, List.of(NewSalesInvoice.Line.of("PNT-SYN-20L", BigDecimal.ONE, BigDecimal.TEN))),
                accounts);
        if (drafted instanceof InvoiceDrafted.Drafted draft) {
            invoices.make(tx, draft.invoice().id(), accounts);
        }
        pin(tx, Optional.of("411019"));
    }

    private static void pin(Tx tx, Optional<String> pin) {
        tx.handle()
                .createUpdate("update companies set pin = :pin where tenant_id = :tenant")
                .bind("pin", pin)
                .bind("tenant", tx.tenant())
                .execute();
    }

    private YearMonth period() {
        return FIRST.plusMonths(scene.random().nextInt(6));
    }

    /** Another file than before, or the same once more. */
    private void importStatement(Tx tx) {
        YearMonth period = period();
        returns.importStatement(
                tx,
                """
                {"data": {"gstin": "27ZZACM0001A1ZH", "rtnprd": "%s", "docdata": {"b2b": [{"ctin": "24AAQCA8719H1ZC",
                  "trdnm": "Other", "inv": [{"inum": "X-%s", "typ": "R", "dt": "%s", "val": 1180, "pos": "27", "rev": "N",
                    "itcavl": "Y", "items": [{"num": 1, "rt": 18, "txval": 1000, "igst": 180, "cgst": 0, "sgst": 0,
                      "cess": 0}]}]}]}}}
                """.formatted(
                                DateTimeFormatter.ofPattern("MMuuuu").format(period),
                                scene.upTo(3),
                                DateTimeFormatter.ofPattern("dd-MM-uuuu").format(period.atDay(5))),
                accounts);
    }

    /** Also one that was filed before. */
    private void file(Tx tx) {
        returns.markFiled(
                tx,
                period(),
                scene.any(List.of(Filing.Return.values())),
                Optional.of("AA27"),
                BigDecimal.ZERO,
                accounts);
    }
}
