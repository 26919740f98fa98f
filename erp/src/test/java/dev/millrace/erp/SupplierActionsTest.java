package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.Supplier.Status;
import dev.millrace.erp.procurement.SetSupplierStatus;
import dev.millrace.erp.procurement.SetSupplierStatus.Wanted;
import dev.millrace.erp.procurement.VerifySupplierBank;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class SupplierActionsTest {
    private static final UUID APPROVAL = new UUID(4, 4);

    private final World world = new World();
    private final Suppliers suppliers = world.erp.suppliers(world.events, world.documents, world.trail());
    private final Step step = new Step(world);
    private final SetSupplierStatus setStatus = step.action(SetSupplierStatus.class);
    private final VerifySupplierBank verifyBank = step.action(VerifySupplierBank.class);

    @Test
    void a_step_accepts_whom_its_own_person_entered_and_twice_is_once() {
        UUID id = entered(Optional.of(SuppliersTest.BANK));

        SetSupplierStatus.Output first = set(id, Wanted.ACTIVE, Optional.empty());
        SetSupplierStatus.Output again = set(id, Wanted.ACTIVE, Optional.empty());

        assertThat(first).isEqualTo(new SetSupplierStatus.Output(Wanted.ACTIVE, true));
        assertThat(again).isEqualTo(new SetSupplierStatus.Output(Wanted.ACTIVE, false));
        assertThat(get(id).status()).isEqualTo(Status.ACTIVE);
        assertThat(step.told).containsExactly("journal supplier.active new active: B1 Bolts Ltd");
    }

    @Test
    void what_may_not_be_fails_by_its_code() {
        UUID id = entered(Optional.empty());

        assertThat(failure(new UUID(1, 2), Wanted.ACTIVE, Optional.empty())).isEqualTo("not_found");
        assertThat(failure(id, Wanted.ACTIVE, Optional.empty())).isEqualTo("bank_details_missing");
        assertThat(failure(id, Wanted.REJECTED, Optional.empty())).isEqualTo("reason_missing");
        assertThat(failure(id, Wanted.BLOCKED, Optional.of("late"))).isEqualTo("wrong_state");
        UUID other = entered(Optional.of(SuppliersTest.BANK), "B2");
        world.sql(
                "update suppliers set gstin = '24AAQCA8719H1ZC', pan = 'AAQCA8719H', state_code = '27' where tenant_id = :tenant and id = :id",
                other);
        assertThat(failure(other, Wanted.ACTIVE, Optional.empty())).isEqualTo("gstin_invalid");
        assertThat(set(id, Wanted.REJECTED, Optional.of("not needed")).changed())
                .isTrue();
        assertThat(failure(id, Wanted.ACTIVE, Optional.empty())).isEqualTo("wrong_state");
    }

    @Test
    void a_bank_is_verified_on_the_strength_of_an_approval_of_exactly_that() {
        UUID id = entered(Optional.of(SuppliersTest.BANK));

        world.documents.fit = new Fit.Missing();
        assertThat(failure(id)).isEqualTo("approval_required");
        world.documents.fit = new Fit.Stale(List.of(new FieldChange(
                "bank_changed_at",
                Optional.of(JsonNodeFactory.instance.stringNode("a")),
                Optional.of(JsonNodeFactory.instance.stringNode("b")))));
        assertThat(failure(id)).isEqualTo("approval_stale");
        assertThat(get(id).bank().verified()).isFalse();
        world.documents.fit = new Fit.Good();

        assertThat(verify(id)).isEqualTo(new VerifySupplierBank.Output(true, true));
        assertThat(verify(id)).isEqualTo(new VerifySupplierBank.Output(true, false));
        assertThat(get(id).bank().verified()).isTrue();
        assertThat(failure(new UUID(1, 2))).isEqualTo("not_found");
        assertThat(failure(existing())).isEqualTo("bank_details_missing");
    }

    @Test
    void nothing_is_left_of_a_step_that_is_rolled_back() {
        UUID id = entered(Optional.of(SuppliersTest.BANK));

        assertThatThrownBy(() -> world.run(tx -> {
                    setStatus.run(tx, step, new SetSupplierStatus.Config(id, Wanted.ACTIVE, Optional.empty()));
                    verifyBank.run(tx, step, new VerifySupplierBank.Config(id, APPROVAL));
                    throw new IllegalStateException("the node died");
                }))
                .hasMessage("the node died");

        assertThat(get(id).status()).isEqualTo(Status.NEW);
        assertThat(get(id).bank().verified()).isFalse();
    }

    private UUID entered(Optional<BankDetails> bank) {
        return entered(bank, "B1");
    }

    private UUID entered(Optional<BankDetails> bank, String code) {
        var actor = world.requester();
        SupplierChange change =
                world.run(tx -> suppliers.create(tx, SuppliersTest.wanted(code, Optional.empty()), bank, actor));
        return ((SupplierChange.Done) change).supplier().id();
    }

    private UUID existing() {
        return world.run(tx -> suppliers.list(tx, Optional.empty(), "S", 1))
                .getFirst()
                .id();
    }

    private Supplier get(UUID id) {
        return world.run(tx -> suppliers.get(tx, id)).orElseThrow();
    }

    private SetSupplierStatus.Output set(UUID id, Wanted to, Optional<String> reason) {
        return world.run(tx -> setStatus.run(tx, step, new SetSupplierStatus.Config(id, to, reason)));
    }

    private String failure(UUID id, Wanted to, Optional<String> reason) {
        return catchThrowableOfType(ActionFailure.class, () -> set(id, to, reason))
                .code();
    }

    private VerifySupplierBank.Output verify(UUID id) {
        return world.run(tx -> verifyBank.run(tx, step, new VerifySupplierBank.Config(id, APPROVAL)));
    }

    private String failure(UUID id) {
        return catchThrowableOfType(ActionFailure.class, () -> verify(id)).code();
    }
}
