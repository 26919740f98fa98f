package dev.millrace.erp.gst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.erp.World;
import dev.millrace.erp.gst.IrpClient.Ack;
import dev.millrace.erp.gst.IrpClient.Away;
import dev.millrace.erp.gst.IrpClient.Cancelled;
import dev.millrace.erp.gst.IrpClient.Duplicate;
import dev.millrace.erp.gst.IrpClient.Found;
import dev.millrace.erp.gst.IrpClient.Refused;
import dev.millrace.erp.gst.IrpClient.Registered;
import dev.millrace.erp.gst.IrpClient.Registration;
import dev.millrace.erp.gst.IrpClient.Seller;
import dev.millrace.erp.gst.IrpSandbox.Behaviour;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every portal does, however it is reached. */
abstract class IrpClientContract {
    final World world = new World();
    final IrpSandbox sandbox = new IrpSandbox(world.transactions);
    final Seller seller = new Seller(world.tenant, Samples.SELLER);

    abstract IrpClient portal();

    private String today() {
        return Inv01.DATE.format(LocalDate.ofInstant(world.run(tx -> tx.now()), IrpClient.INDIA));
    }

    private ObjectNode document(String number) {
        return Samples.invoice(number, today());
    }

    private Ack registered(String number) {
        Registration registration = portal().register(seller, document(number));
        assertThat(registration).isInstanceOf(Registered.class);
        return ((Registered) registration).ack();
    }

    @Test
    void a_document_gets_its_irn_and_is_signed_by_the_portal() {
        Ack ack = registered("INV/26-27/00001");

        LocalDate date = LocalDate.ofInstant(world.run(tx -> tx.now()), IrpClient.INDIA);
        assertThat(ack.irn()).isEqualTo(Irn.of(Samples.SELLER, DocumentType.INV, "INV/26-27/00001", date));
        assertThat(ack.ackNo()).matches("[0-9]{15}");
        assertThat(ack.ackAt()).isBetween(world.run(tx -> tx.now()).minusSeconds(60), world.run(tx -> tx.now()));
        assertThat(ack.eWayBillNo()).isEmpty();
        assertThat(Jws.isSignedBy(ack.signedInvoice(), sandbox.publicKey())).isTrue();
        assertThat(Jws.isSignedBy(ack.signedQr(), sandbox.publicKey())).isTrue();
        JsonNode qr = Jws.data(ack.signedQr()).orElseThrow();
        assertThat(qr.get("SellerGstin").asString()).isEqualTo(Samples.SELLER);
        assertThat(qr.get("BuyerGstin").asString()).isEqualTo(Samples.BUYER);
        assertThat(qr.get("DocNo").asString()).isEqualTo("INV/26-27/00001");
        assertThat(qr.get("TotInvVal").decimalValue()).isEqualByComparingTo("6032");
        assertThat(qr.get("ItemCnt").asInt()).isEqualTo(1);
        assertThat(qr.get("MainHsnCode").asString()).isEqualTo("73181500");
        assertThat(qr.get("Irn").asString()).isEqualTo(ack.irn());
        assertThat(Jws.data(ack.signedInvoice()).orElseThrow().get("AckNo").asString())
                .isEqualTo(ack.ackNo());
    }

    @Test
    void a_changed_signature_or_a_changed_text_is_found() {
        String jws = registered("A1").signedQr();
        String other = registered("A2").signedQr();
        String[] parts = jws.split("\\.", -1);
        String[] others = other.split("\\.", -1);

        assertThat(Jws.isSignedBy(parts[0] + "." + others[1] + "." + parts[2], sandbox.publicKey()))
                .isFalse();
        assertThat(Jws.isSignedBy(jws, new IrpSandbox(world.transactions).publicKey()))
                .isFalse();
        assertThat(Jws.isSignedBy("x.y", sandbox.publicKey())).isFalse();
        assertThat(Jws.isSignedBy("e30." + parts[1] + "." + parts[2], sandbox.publicKey()))
                .isFalse();
        assertThat(Jws.data("x.y")).isEmpty();
    }

    @Test
    void the_same_document_twice_is_a_duplicate_whatever_the_case_of_its_number() {
        Ack first = registered("inv-7");

        assertThat(portal().register(seller, document("inv-7")))
                .isEqualTo(new Duplicate(first.irn(), first.ackNo(), first.ackAt()));
        assertThat(portal().register(seller, document("INV-7"))).isInstanceOf(Duplicate.class);
        assertThat(world.count("irp_sandbox_documents")).isEqualTo(1);
    }

    @Test
    void of_twenty_that_register_one_document_at_once_one_is_first() throws Exception {
        var answers = new ArrayList<Future<Registration>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> portal().register(seller, document("RACE/1"))));
            }
        }

        int first = 0;
        for (Future<Registration> answer : answers) {
            first += answer.get() instanceof Registered ? 1 : 0;
            assertThat(answer.get()).isInstanceOfAny(Registered.class, Duplicate.class);
        }
        assertThat(first).isEqualTo(1);
        assertThat(world.count("irp_sandbox_documents")).isEqualTo(1);
    }

    @Test
    void what_is_wrong_is_refused_with_the_portals_codes_and_nothing_is_kept() {
        ObjectNode wrong = document("B1");
        ((ObjectNode) wrong.get("ValDtls")).put("TotInvVal", 7000);

        assertThat(portal().register(seller, wrong))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.has("2189")).isTrue());
        assertThat(portal().register(new Seller(world.tenant, Samples.BUYER), document("B1")))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.has("2143")).isTrue());
        assertThat(world.count("irp_sandbox_documents")).isZero();
    }

    @Test
    void a_document_is_found_by_its_irn_by_its_own_seller() {
        Ack ack = registered("C1");

        assertThat(portal().get(seller, ack.irn())).isEqualTo(new Found(ack, true));
        assertThat(portal().get(seller, "0".repeat(64)))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.has("2148")).isTrue());
        assertThat(portal().get(new Seller(world.tenant, Samples.BUYER), ack.irn()))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.has("2143")).isTrue());
    }

    @Test
    void an_e_way_bill_comes_with_the_irn_where_it_was_asked_for() {
        ObjectNode document = document("D1");
        document.putObject("EwbDtls").put("Distance", 0);

        assertThat(portal().register(seller, document))
                .asInstanceOf(type(Registered.class))
                .satisfies(
                        registered -> assertThat(registered.ack().eWayBillNo()).isPresent());
    }

    @Test
    void a_document_is_cancelled_once_and_its_number_is_used_up() {
        Ack ack = registered("E1");

        assertThat(portal().cancel(seller, ack.irn(), CancelReason.DATA_ENTRY_MISTAKE, "wrong buyer"))
                .isInstanceOf(Cancelled.class);
        assertThat(portal().cancel(seller, ack.irn(), CancelReason.OTHER, ""))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.has("9999")).isTrue());
        assertThat(portal().get(seller, ack.irn())).isEqualTo(new Found(ack, false));
        assertThat(portal().register(seller, document("E1"))).isInstanceOf(Duplicate.class);
        assertThat(portal().cancel(seller, "0".repeat(64), CancelReason.OTHER, ""))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.has("2154")).isTrue());
    }

    @Test
    void a_portal_that_is_down_does_nothing_and_one_whose_answer_is_lost_has_done_it() {
        sandbox.behave(new Behaviour.Down());
        assertThat(portal().register(seller, document("F1")))
                .asInstanceOf(type(Away.class))
                .satisfies(away -> assertThat(away.signIn()).isFalse());
        assertThat(world.count("irp_sandbox_documents")).isZero();

        sandbox.behave(new Behaviour.LosesAnswers());
        assertThat(portal().register(seller, document("F1"))).isInstanceOf(Away.class);
        assertThat(world.count("irp_sandbox_documents")).isEqualTo(1);

        sandbox.behave(new Behaviour.Slow(Duration.ofMillis(1)));
        assertThat(portal().register(seller, document("F1"))).isInstanceOf(Duplicate.class);
    }
}
