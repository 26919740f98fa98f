package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Claims, payments and journals. */
final class MoneyActs {
    private static final String DRAFT = "status = 'draft' and payment_run_id is null";

    private final Scene scene;
    private final Payments payments;
    private final ExpenseClaims claims;
    private final Journals journals;
    private final SalesInvoices sales;
    private final Actor requester;
    private final Actor accounts;
    private final Actor meera;

    MoneyActs(Scene scene) {
        Acme acme = scene.acme();
        this.scene = scene;
        this.payments = acme.erp.payments(acme.engine.events(), acme.engine.documents(), acme.trail);
        this.claims = acme.erp.expenseClaims(acme.engine.events(), acme.engine.documents(), acme.trail);
        this.journals = acme.erp.journals(acme.engine.events(), acme.trail);
        this.sales = acme.erp.salesInvoices(acme.engine.events(), acme.trail);
        this.requester = acme.actor("requester");
        this.accounts = acme.actor("accounts");
        this.meera = acme.actor("finance.head");
    }

    List<Scene.Act> all() {
        return List.of(
                scene.act(this::claim),
                scene.act(this::approveClaim),
                scene.act(this::pay),
                scene.act(this::post),
                scene.act(this::proposeRun),
                scene.act(this::collect),
                scene.act(this::collect),
                scene.act(this::journal),
                scene.act(this::reverseJournal));
    }

    private void claim(Tx tx) {
        claims.submit(tx, Books.claim("travel", scene.upTo(900).toPlainString()), requester);
    }

    private void approveClaim(Tx tx) {
        scene.one(tx, "expense_claims", "status = 'submitted'")
                .ifPresent(claim -> claims.approve(tx, claim, Optional.empty(), meera));
    }

    private void pay(Tx tx) {
        scene.one(tx, "expense_claims", "status = 'approved'")
                .flatMap(id -> claims.find(tx, id))
                .ifPresent(claim -> payments.create(
                        tx,
                        payment(
                                Payment.Direction.OUTGOING,
                                Payment.PartyType.EMPLOYEE,
                                claim.employee().id(),
                                new NewPayment.Allocation("expense_claim", claim.id(), BigDecimal.TEN)),
                        accounts));
    }

    private void post(Tx tx) {
        scene.one(tx, "payments", DRAFT).ifPresent(payment -> payments.post(tx, payment, accounts));
    }

    private void proposeRun(Tx tx) {
        LocalDate day = LocalDate.ofInstant(tx.now(), ZoneId.of("Asia/Kolkata")).plusDays(1);
        scene.one(tx, "payments", DRAFT + " and direction = 'outgoing'")
                .ifPresent(payment -> payments.propose(
                        tx,
                        new PaymentRun.Proposal("HDFC current", day, Optional.empty(), List.of(payment), false),
                        accounts));
    }

    /** A customer pays all of an invoice. */
    private void collect(Tx tx) {
        scene.one(tx, "sales_invoices", "open_amount > 0")
                .flatMap(id -> sales.get(tx, id))
                .ifPresent(invoice -> payments.post(
                        tx,
                        payments.create(
                                        tx,
                                        payment(
                                                Payment.Direction.INCOMING,
                                                Payment.PartyType.CUSTOMER,
                                                invoice.customerId(),
                                                new NewPayment.Allocation(
                                                        "sales_invoice",
                                                        invoice.id(),
                                                        invoice.amounts().open())),
                                        accounts)
                                .id(),
                        accounts));
    }

    private static NewPayment payment(
            Payment.Direction direction, Payment.PartyType type, UUID party, NewPayment.Allocation of) {
        return new NewPayment(
                direction,
                type,
                party,
                of.amount(),
                Optional.empty(),
                Optional.empty(),
                List.of(of),
                Payment.Method.BANK_TRANSFER,
                Optional.empty(),
                Optional.empty());
    }

    /** One that does not balance, now and then. */
    private void journal(Tx tx) {
        BigDecimal amount = scene.upTo(500);
        BigDecimal other = scene.onceIn(4) ? amount.add(BigDecimal.ONE) : amount;
        journals.post(
                tx,
                new Journals.NewJournal(
                        Optional.empty(),
                        "rent",
                        List.of(
                                new Journals.NewLine(
                                        "5400", amount, BigDecimal.ZERO, Optional.empty(), Optional.empty()),
                                new Journals.NewLine(
                                        "1000", BigDecimal.ZERO, other, Optional.empty(), Optional.empty())),
                        Optional.empty()),
                accounts);
    }

    private void reverseJournal(Tx tx) {
        scene.one(tx, "journals", "not by_sub_ledger")
                .ifPresent(journal -> journals.reverse(tx, journal, Optional.empty(), "wrong", accounts));
    }
}
