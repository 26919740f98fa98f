package dev.millrace.erp;

import static dev.millrace.erp.Books.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Documents.Decider;
import dev.millrace.erp.Supplier.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SuppliersTest {
    static final String GSTIN = "27AAPFU0939F1ZV";
    static final BankDetails BANK =
            new BankDetails("Bolts Ltd", "50100123454321", Optional.of("HDFC0001234"), Optional.empty());
    static final BankDetails OTHER_BANK =
            new BankDetails("Bolts Ltd", "918020098765432", Optional.of("UTIB0000555"), Optional.empty());

    private final Books books = new Books();
    private final World world = books.world;
    private final Suppliers suppliers = world.erp.suppliers(world.events, world.documents, world.trail());
    private final Actor buyer = world.requester();

    @Test
    void a_supplier_is_entered_as_new_and_its_tax_number_says_the_rest() {
        Supplier bolts = entered(wanted("B1", Optional.of(GSTIN)), Optional.of(BANK));

        assertThat(bolts.status()).isEqualTo(Status.NEW);
        assertThat(bolts.pan()).contains("AAPFU0939F");
        assertThat(bolts.stateCode()).contains("27");
        assertThat(bolts.country()).isEqualTo("IN");
        assertThat(bolts.currency()).isEqualTo("INR");
        assertThat(bolts.paymentTermsDays()).isEqualTo(30);
        assertThat(bolts.bank().last4()).contains("4321");
        assertThat(bolts.bank().verified()).isFalse();
        assertThat(world.events.names()).containsExactly("supplier.created");
        JsonNode told = world.events.published.getFirst().payload();
        assertThat(told.get("requested_by").asString())
                .isEqualTo(world.member("requester").id().toString());
        assertThat(told.get("bank_verified").asBoolean()).isFalse();
        assertThat(told.get("expected_annual_spend").decimalValue()).isEqualByComparingTo("2500000");
        assertThat(world.trail).contains("Ravi Requester supplier.created - new: B1 Bolts Ltd");
        books.assertEventsFit();
    }

    @ParameterizedTest
    @CsvSource({
        "27AAPFU0939F1ZW, gstin, gstin_invalid",
        "27AAPFU0939F1ZV, pan, pan_differs",
        "27AAPFU0939F1ZV, state_code, state_differs",
        "27AAPFU0939F1ZV, pin, out_of_range",
        "27AAPFU0939F1ZV, email, out_of_range",
        "27AAPFU0939F1ZV, phone, out_of_range",
        "27AAPFU0939F1ZV, currency, currency_unknown",
        "27AAPFU0939F1ZV, payment_terms_days, out_of_range",
        "27AAPFU0939F1ZV, udyam_no, out_of_range",
        "27AAPFU0939F1ZV, msme, out_of_range",
        "27AAPFU0939F1ZV, expected_annual_spend, out_of_range",
        "27AAPFU0939F1ZV, country, gstin_invalid"
    })
    void what_is_wrong_is_said_by_its_field(String gstin, String field, String code) {
        NewSupplier wrong = new NewSupplier(
                "B1",
                "Bolts Ltd",
                Optional.of(gstin),
                of(field, "pan", "AAPFU0939G"),
                of(field, "state_code", "33"),
                of(field, "country", "DE"),
                Optional.empty(),
                Optional.empty(),
                of(field, "pin", "41101"),
                of(field, "email", "bolts at example"),
                of(field, "phone", "9820012345"),
                of(field, "currency", "JPY"),
                of(field, "payment_terms_days", "366").map(Integer::valueOf),
                of(field, "msme", "tiny").or(() -> of(field, "udyam_no", "micro")),
                of(field, "udyam_no", "MH-01"),
                Optional.empty(),
                of(field, "expected_annual_spend", "-1").map(BigDecimal::new));

        List<InputProblem> problems = unfit(world.run(tx -> suppliers.create(tx, wrong, Optional.empty(), buyer)));

        assertThat(problems).extracting(InputProblem::code).containsExactly(code);
        assertThat(world.events.published).isEmpty();
    }

    private static Optional<String> of(String field, String wanted, String value) {
        return field.equals(wanted) ? Optional.of(value) : Optional.empty();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_a_bank_s_number_never() {
        NewSupplier wrong = named("-", "", Optional.of("x"));
        var bank = new BankDetails("", "12 34", Optional.of("HDFC1"), Optional.of("DEUTDEFF"));

        List<InputProblem> problems = unfit(world.run(tx -> suppliers.create(tx, wrong, Optional.of(bank), buyer)));

        assertThat(problems)
                .extracting(InputProblem::path)
                .containsExactly("code", "name", "gstin", "bank.holder", "bank.account", "bank.ifsc", "bank.ifsc");
        assertThat(problems.toString()).doesNotContain("12 34");
        assertThat(bank.toString()).doesNotContain("12 34");
    }

    @Test
    void a_code_and_a_tax_number_are_given_once_and_a_system_enters_nobody() {
        entered(wanted("B1", Optional.of(GSTIN)), Optional.empty());

        assertThat(unfit(world.run(
                        tx -> suppliers.create(tx, wanted("B1", Optional.of(GSTIN)), Optional.empty(), buyer))))
                .extracting(InputProblem::code)
                .containsExactly("code_taken", "gstin_taken");
        assertThat(unfit(world.run(
                        tx -> suppliers.create(tx, wanted("B2", Optional.empty()), Optional.empty(), Actor.SYSTEM))))
                .extracting(InputProblem::code)
                .containsExactly("requester_unknown");
    }

    @Test
    void what_is_written_of_one_changes_and_who_is_asked_about_it_is_asked_again() {
        UUID id = entered(wanted("B1", Optional.empty()), Optional.empty()).id();
        NewSupplier more = wanted("B1", Optional.of(GSTIN));

        assertThat(changed(world.run(tx -> suppliers.update(tx, id, more, buyer))))
                .isTrue();
        assertThat(changed(world.run(tx -> suppliers.update(tx, id, more, buyer))))
                .isFalse();
        assertThat(unfit(world.run(tx -> suppliers.update(tx, id, wanted("B2", Optional.empty()), buyer))))
                .extracting(InputProblem::code)
                .containsExactly("code_fixed");
        assertThat(world.<SupplierChange>run(tx -> suppliers.update(tx, new UUID(1, 2), more, buyer)))
                .isEqualTo(new SupplierChange.NotFound(new UUID(1, 2)));

        assertThat(get(id).gstin()).contains(GSTIN);
        assertThat(world.documents.told).containsExactly("changed supplier by Ravi Requester");
    }

    @Test
    void a_bank_account_lies_encrypted_and_is_read_in_full_by_its_own_company_alone() {
        UUID id = entered(wanted("B1", Optional.empty()), Optional.of(BANK)).id();

        assertThat(world.<Optional<BankDetails>>run(tx -> suppliers.bank(tx, id)))
                .contains(BANK);
        assertThat(world.<String>run(tx -> tx.handle()
                        .createQuery("select encode(bank, 'escape') || s::text from suppliers s where id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one()))
                .doesNotContain(BANK.account())
                .contains("4321");
        var other = new World();
        assertThat(other.<Optional<BankDetails>>run(tx -> other.erp
                        .suppliers(other.events, other.documents, other.trail())
                        .bank(tx, id)))
                .isEmpty();
    }

    @Test
    void changed_bank_details_are_told_with_what_is_open_and_nothing_is_paid_until_they_are_verified() {
        var desk = new InvoiceDesk();
        Suppliers theirs = desk.world.erp.suppliers(desk.world.events, desk.world.documents, desk.world.trail());
        SupplierInvoice invoice = desk.released(desk.received("100"), "INV-1", "100");
        UUID id = invoice.header().supplierId();
        desk.world.events.published.clear();

        assertThat(changed(desk.world.run(tx -> theirs.changeBank(tx, id, BANK, desk.clerk))))
                .isTrue();
        assertThat(changed(desk.world.run(tx -> theirs.changeBank(tx, id, BANK, desk.clerk))))
                .isFalse();
        assertThat(changed(desk.world.run(tx -> theirs.changeBank(tx, id, OTHER_BANK, desk.clerk))))
                .isTrue();

        assertThat(desk.world.events.names()).containsExactly("supplier.bank_changed", "supplier.bank_changed");
        JsonNode first = desk.world.events.published.getFirst().payload();
        JsonNode second = desk.world.events.published.getLast().payload();
        assertThat(first.get("old_account_last4").isNull()).isTrue();
        assertThat(second.get("old_account_last4").asString()).isEqualTo("4321");
        assertThat(second.get("new_account_last4").asString()).isEqualTo("5432");
        assertThat(second.get("open_invoices").asInt()).isEqualTo(1);
        assertThat(second.get("open_amount").decimalValue()).isEqualByComparingTo("29500");
        assertThat(desk.world.documents.told).hasSize(2);
        assertThat(desk.world.trail.toString()).doesNotContain(OTHER_BANK.account());
    }

    @Test
    void nothing_is_paid_by_a_payment_or_a_run_to_an_account_that_is_not_verified() {
        UUID id = existing("S1");
        Payment single = books.create(books.toSupplier(id, "10"));
        PaymentRun run = books.propose(books.create(books.toSupplier(id, "20")));

        world.run(tx -> suppliers.changeBank(tx, id, BANK, buyer));

        assertThat(refusal(() -> books.post(single))).isEqualTo("bank_unverified");
        assertThat(refusal(() -> books.release(run, books.meera))).isEqualTo("bank_unverified");
        world.sql("update suppliers set bank_verified = true where tenant_id = :tenant and id = :id", id);
        assertThat(books.post(single).status()).isEqualTo(Payment.Status.POSTED);
    }

    @Test
    void nothing_is_ordered_from_nor_paid_to_one_who_is_blocked_and_a_run_is_kept_back() {
        UUID id = existing("S1");
        Payment single = books.create(books.toSupplier(id, "10"));
        PaymentRun run = books.propose(books.create(books.toSupplier(id, "20")));

        set(id, Status.BLOCKED, "does not deliver");

        assertThat(refusal(() -> books.post(single))).isEqualTo("party_blocked");
        assertThat(refusal(() -> books.create(books.toSupplier(id, "1")))).isEqualTo("party_blocked");
        assertThat(refusal(() -> books.release(run, books.meera))).isEqualTo("party_blocked");
        Creation order = world.run(tx -> world.orders.create(tx, World.order("S1", "BOLT", "1", "1"), buyer));
        assertThat(((Creation.Refused) order).problems())
                .extracting(InputProblem::code)
                .containsExactly("supplier_blocked");
        set(id, Status.ACTIVE, "");
        assertThat(books.post(single).status()).isEqualTo(Payment.Status.POSTED);
    }

    @Test
    void the_states_follow_each_other_as_they_may_and_setting_one_twice_changes_nothing() {
        UUID id = entered(wanted("B1", Optional.empty()), Optional.of(BANK)).id();

        assertThat(code(set(id, Status.BLOCKED, "late"))).isEqualTo("wrong_state");
        assertThat(changed(set(id, Status.ACTIVE, ""))).isTrue();
        assertThat(changed(set(id, Status.ACTIVE, ""))).isFalse();
        assertThat(code(set(id, Status.REJECTED, "no"))).isEqualTo("wrong_state");
        assertThat(code(set(id, Status.BLOCKED, " "))).isEqualTo("reason_missing");
        assertThat(changed(set(id, Status.BLOCKED, "late"))).isTrue();
        assertThat(get(id).statusReason()).contains("late");
        assertThat(changed(set(id, Status.ACTIVE, ""))).isTrue();
        assertThat(get(id).statusReason()).isEmpty();
        assertThat(set(new UUID(1, 2), Status.ACTIVE, "")).isInstanceOf(SupplierChange.NotFound.class);
    }

    @Test
    void nobody_accepts_one_while_a_workflow_decides_and_who_rejects_it_ends_that() {
        UUID id = entered(wanted("B1", Optional.empty()), Optional.of(BANK)).id();
        var decider = new Decider(new UUID(1, 1), "vendor-onboarding", 1, Optional.empty());
        world.documents.deciders = List.of(decider);
        world.documents.told.clear();

        assertThat(byHand(id, Status.ACTIVE, "", books.meera)).isEqualTo(new ByHand.BeingDecided<>(decider));
        assertThat(get(id).status()).isEqualTo(Status.NEW);
        assertThat(changed(set(id, Status.REJECTED, "not needed"))).isTrue();

        assertThat(world.documents.told)
                .containsExactly("withdrawn from 1: B1 was rejected by " + books.meera.name() + ": not needed");
    }

    @Test
    void what_is_rejected_stays_so() {
        UUID id = entered(wanted("B1", Optional.empty()), Optional.of(BANK)).id();

        assertThat(changed(set(id, Status.REJECTED, "not needed"))).isTrue();

        assertThat(code(set(id, Status.ACTIVE, ""))).isEqualTo("wrong_state");
        assertThat(code(world.run(tx -> suppliers.update(tx, id, wanted("B1", Optional.of(GSTIN)), buyer))))
                .isEqualTo("wrong_state");
        assertThat(code(world.run(tx -> suppliers.changeBank(tx, id, OTHER_BANK, buyer))))
                .isEqualTo("wrong_state");
    }

    @Test
    void who_entered_one_does_not_accept_it_and_nobody_one_without_a_bank_or_with_another_s_tax_number() {
        UUID id = entered(wanted("B1", Optional.of(GSTIN)), Optional.empty()).id();

        assertThat(code(set(id, Status.ACTIVE, "", buyer))).isEqualTo("segregation_of_duties");
        assertThat(code(set(id, Status.ACTIVE, ""))).isEqualTo("bank_details_missing");
        world.run(tx -> suppliers.changeBank(tx, id, BANK, buyer));
        world.sql("update suppliers set state_code = '33' where tenant_id = :tenant and id = :id", id);
        assertThat(code(set(id, Status.ACTIVE, ""))).isEqualTo("gstin_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set status = 'blocked'",
                "set code = 'B2'",
                "set bank_last4 = '9999'",
                "set bank = '\\x00', bank_last4 = '9999', bank_verified = true, bank_changed_at = millrace_now()",
                "set pan = 'x'",
                "set udyam_no = 'x'"
            })
    void no_statement_skips_a_state_or_changes_a_bank_unseen(String change) {
        Supplier bolts = entered(wanted("B1", Optional.of(GSTIN)), Optional.of(BANK));

        assertThatThrownBy(() ->
                        world.sql("update suppliers " + change + " where tenant_id = :tenant and id = :id", bolts.id()))
                .isInstanceOf(RuntimeException.class);

        assertThat(get(bolts.id())).isEqualTo(bolts);
    }

    /** Whoever pays waits for who changes the account, and then pays nothing. */
    @Test
    void a_payment_waits_for_a_change_of_bank_under_way_and_is_refused() throws Exception {
        UUID id = existing("S1");
        Payment draft = books.create(books.toSupplier(id, "10"));
        var changed = new CountDownLatch(1);
        var paying = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changer = threads.submit(() -> world.run(tx -> {
                SupplierChange change = suppliers.changeBank(tx, id, BANK, buyer);
                changed.countDown();
                awaitUninterruptibly(paying);
                awaitBlocked();
                return change;
            }));
            changed.await();
            var payer = threads.submit(() -> {
                paying.countDown();
                return refusal(() -> books.post(draft));
            });
            assertThat(changer.get()).isInstanceOf(SupplierChange.Done.class);
            assertThat(payer.get()).isEqualTo("bank_unverified");
        }

        assertThat(books.payment(draft.id()).status()).isEqualTo(Payment.Status.DRAFT);
    }

    @Test
    void of_two_who_enter_the_same_code_at_once_one_is_told_that_it_is_taken() throws Exception {
        var ready = new CountDownLatch(2);
        var done = new ArrayList<Future<SupplierChange>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                done.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return world.run(
                            tx -> suppliers.create(tx, wanted("B1", Optional.of(GSTIN)), Optional.empty(), buyer));
                }));
            }
        }

        List<SupplierChange> both = List.of(done.get(0).get(), done.get(1).get());
        assertThat(both).filteredOn(SupplierChange.Done.class::isInstance).hasSize(1);
        assertThat(both)
                .filteredOn(SupplierChange.Unfit.class::isInstance)
                .singleElement()
                .satisfies(change -> assertThat(unfit(change))
                        .extracting(InputProblem::code)
                        .containsExactly("code_taken", "gstin_taken"));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody waits for a row that another transaction holds. */
    private static void awaitBlocked() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Jdbi.create(World.MIGRATED.shared().owner())
                        .withHandle(h -> h.createQuery("""
                                select exists (select from pg_stat_activity a
                                                where a.datname = current_database()
                                                  and cardinality(pg_blocking_pids(a.pid)) > 0)
                                """).mapTo(Boolean.class).one()));
    }

    @Test
    void a_list_goes_by_code_and_state() {
        entered(wanted("B1", Optional.empty()), Optional.empty());

        assertThat(world.<List<Supplier>>run(tx -> suppliers.list(tx, Optional.empty(), "", 500)))
                .extracting(Supplier::code)
                .containsExactly("B1", "S1", "S2");
        assertThat(world.<List<Supplier>>run(tx -> suppliers.list(tx, Optional.of(Status.ACTIVE), "S1", 500)))
                .extracting(Supplier::code)
                .containsExactly("S2");
    }

    static NewSupplier wanted(String code, Optional<String> gstin) {
        return named(code, "Bolts Ltd", gstin);
    }

    private static NewSupplier named(String code, String name, Optional<String> gstin) {
        return new NewSupplier(
                code,
                name,
                gstin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Plot 7, MIDC"),
                Optional.of("Pune"),
                Optional.of("411019"),
                Optional.of("sales@bolts.example"),
                Optional.of("+919820012345"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("micro"),
                Optional.of("UDYAM-MH-01-0012345"),
                Optional.of("fasteners"),
                Optional.of(new BigDecimal("2500000")));
    }

    private Supplier entered(NewSupplier wanted, Optional<BankDetails> bank) {
        SupplierChange change = world.run(tx -> suppliers.create(tx, wanted, bank, buyer));
        assertThat(change).isInstanceOf(SupplierChange.Done.class);
        return ((SupplierChange.Done) change).supplier();
    }

    private Supplier get(UUID id) {
        return world.run(tx -> suppliers.get(tx, id)).orElseThrow();
    }

    private UUID existing(String code) {
        return world.run(tx -> suppliers.list(tx, Optional.empty(), "", 500)).stream()
                .filter(supplier -> supplier.code().equals(code))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private SupplierChange set(UUID id, Status to, String reason) {
        return set(id, to, reason, books.meera);
    }

    private SupplierChange set(UUID id, Status to, String reason, Actor actor) {
        return World.outcome(byHand(id, to, reason, actor));
    }

    private ByHand<SupplierChange> byHand(UUID id, Status to, String reason, Actor actor) {
        return world.run(tx -> suppliers.setStatus(tx, id, to, Optional.of(reason), actor));
    }

    private static boolean changed(SupplierChange change) {
        assertThat(change).isInstanceOf(SupplierChange.Done.class);
        return ((SupplierChange.Done) change).changed();
    }

    private static String code(SupplierChange change) {
        assertThat(change).isInstanceOf(SupplierChange.Refused.class);
        return ((SupplierChange.Refused) change).code();
    }

    private static List<InputProblem> unfit(SupplierChange change) {
        assertThat(change).isInstanceOf(SupplierChange.Unfit.class);
        return ((SupplierChange.Unfit) change).problems();
    }
}
