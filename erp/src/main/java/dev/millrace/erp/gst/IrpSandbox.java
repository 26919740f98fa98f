package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.gst.SandboxRows.Kept;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A portal in this process, for trying out and for tests: checks documents as INV-01 says, gives numbers, signs with a key of its
 * own, and keeps its memory in a table of its own, in transactions of its own. It can be told to behave badly.
 */
public final class IrpSandbox implements IrpClient {
    private static final long FIRST_ACK = 112_000_000_000_000L;
    private static final long FIRST_WAY_BILL = 331_000_000_000L;
    private static final Duration CANCEL_WINDOW = Duration.ofHours(24);

    /** How long the portal tells about a document. */
    private static final Duration TOLD = Duration.ofDays(2);

    private static final int LINES_MOST = 1_000;
    private static final int KEY_BITS = 2048;

    private final Transactions transactions;
    private final Supplier<KeyPair> keys;
    private final SandboxRows rows = new SandboxRows();
    private final NumberRows numbers = new NumberRows();
    private final AtomicReference<Behaviour> behaviour = new AtomicReference<>(new Behaviour.Well());

    /** How it answers. */
    public sealed interface Behaviour {
        record Well() implements Behaviour {}

        record Slow(Duration by) implements Behaviour {}

        /** Does nothing and says that it is busy. */
        record Down() implements Behaviour {}

        /** Does what it is asked for, and the answer is lost on its way. */
        record LosesAnswers() implements Behaviour {}
    }

    public IrpSandbox(Transactions transactions) {
        this(transactions, new OwnKey());
    }

    /** @param keys asked for each signature; RSA */
    IrpSandbox(Transactions transactions, Supplier<KeyPair> keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    /** From now on. */
    public void behave(Behaviour how) {
        behaviour.set(how);
    }

    /** Who signed what it answers. */
    PublicKey publicKey() {
        return keys.get().getPublic();
    }

    @Override
    public Registration register(Seller seller, ObjectNode document) {
        return answer(() -> transactions.run(seller.tenant(), tx -> registered(tx, seller, document)), away -> away);
    }

    @Override
    public Lookup get(Seller seller, String irn) {
        return answer(() -> transactions.run(seller.tenant(), tx -> found(tx, seller, irn)), away -> away);
    }

    @Override
    public Cancellation cancel(Seller seller, String irn, CancelReason reason, String remark) {
        return answer(
                () -> transactions.run(seller.tenant(), tx -> cancelled(tx, seller, irn, reason, remark)),
                away -> away);
    }

    /** An answer that is lost looks to the caller like every other that does not come. */
    private <T> T answer(Supplier<T> work, Function<Away, T> away) {
        return switch (behaviour.get()) {
            case Behaviour.Well well -> work.get();
            case Behaviour.Slow slow -> {
                LockSupport.parkNanos(slow.by().toNanos());
                yield work.get();
            }
            case Behaviour.Down down -> away.apply(new Away(false, "the portal is busy (2146): try again later"));
            case Behaviour.LosesAnswers loses ->
                Optional.of(work.get())
                        .map(lost -> away.apply(new Away(false, "the connection broke while the answer was awaited")))
                        .orElseThrow();
        };
    }

    private Registration registered(Tx tx, Seller seller, ObjectNode document) {
        ZonedDateTime now = tx.now().atZone(INDIA);
        List<IrpError> errors = Inv01Check.errors(document, now.toLocalDate(), LINES_MOST);
        if (!errors.isEmpty()) {
            return new Refused(errors);
        }
        JsonNode details = document.path("DocDtls");
        String gstin = document.path("SellerDtls").path("Gstin").asString("");
        if (!gstin.equals(seller.gstin())) {
            return new Refused(List.of(new IrpError("2143", "SellerDtls.Gstin is not the one that signed in")));
        }
        String irn = Irn.of(
                gstin,
                DocumentType.valueOf(details.path("Typ").asString("")),
                details.path("No").asString(""),
                LocalDate.parse(details.path("Dt").asString(""), Inv01.DATE));
        Optional<Kept> before = rows.find(tx, irn);
        if (before.isPresent()) {
            Ack ack = before.get().ack();
            return new Duplicate(irn, ack.ackNo(), ack.ackAt());
        }
        // The number comes first: its row makes two that register at once wait for each other.
        long ackNo = FIRST_ACK + numbers.next(tx, "IRP sandbox", Integer.toString(now.getYear()));
        Ack ack = ack(document, irn, ackNo, now);
        if (!rows.insert(tx, seller.gstin(), ack)) {
            Ack first = rows.find(tx, irn).orElseThrow().ack();
            return new Duplicate(irn, first.ackNo(), first.ackAt());
        }
        return new Registered(ack);
    }

    private Ack ack(ObjectNode document, String irn, long ackNo, ZonedDateTime now) {
        Instant at = now.withNano(0).toInstant();
        ObjectNode registered = document.deepCopy();
        registered.put("AckNo", ackNo).put("AckDt", TIME.format(now)).put("Irn", irn);
        Optional<String> wayBill = document.path("EwbDtls").isObject()
                ? Optional.of(Long.toString(FIRST_WAY_BILL + ackNo - FIRST_ACK))
                : Optional.empty();
        return new Ack(
                irn,
                Long.toString(ackNo),
                at,
                Jws.sign(registered, keys.get().getPrivate()),
                Jws.sign(qr(document, irn, now), keys.get().getPrivate()),
                wayBill);
    }

    private static ObjectNode qr(ObjectNode document, String irn, ZonedDateTime now) {
        JsonNode details = document.path("DocDtls");
        JsonNode items = document.path("ItemList");
        JsonNode main = items.get(0);
        for (JsonNode item : items) {
            if (Inv01Check.amount(item, "AssAmt").compareTo(Inv01Check.amount(main, "AssAmt")) > 0) {
                main = item;
            }
        }
        BigDecimal total = Inv01Check.amount(document.path("ValDtls"), "TotInvVal");
        return Json.object()
                .put("SellerGstin", document.path("SellerDtls").path("Gstin").asString(""))
                .put("BuyerGstin", document.path("BuyerDtls").path("Gstin").asString(""))
                .put("DocNo", details.path("No").asString(""))
                .put("DocTyp", details.path("Typ").asString(""))
                .put("DocDt", details.path("Dt").asString(""))
                .put("TotInvVal", total)
                .put("ItemCnt", items.size())
                .put("MainHsnCode", main.path("HsnCd").asString(""))
                .put("Irn", irn)
                .put("IrnDt", TIME.format(now));
    }

    private Lookup found(Tx tx, Seller seller, String irn) {
        Optional<Kept> kept = rows.find(tx, irn);
        if (kept.isEmpty()) {
            return new Refused(List.of(new IrpError("2148", "No document has the IRN " + irn)));
        }
        if (!kept.get().sellerGstin().equals(seller.gstin())) {
            return new Refused(List.of(new IrpError("2143", "The IRN is somebody else's")));
        }
        if (kept.get().ack().ackAt().plus(TOLD).isBefore(tx.now())) {
            return new Refused(
                    List.of(new IrpError("2283", "The portal tells about documents of the last 2 days only")));
        }
        return new Found(kept.get().ack(), kept.get().cancelledAt().isEmpty());
    }

    private Cancellation cancelled(Tx tx, Seller seller, String irn, CancelReason reason, String remark) {
        Optional<Kept> kept = rows.find(tx, irn);
        if (kept.isEmpty() || !kept.get().sellerGstin().equals(seller.gstin())) {
            return new Refused(
                    List.of(new IrpError("2154", "No document of " + seller.gstin() + " has the IRN " + irn)));
        }
        if (kept.get().cancelledAt().isPresent()) {
            return new Refused(List.of(new IrpError("9999", "The document is cancelled already")));
        }
        if (kept.get().ack().ackAt().plus(CANCEL_WINDOW).isBefore(tx.now())) {
            return new Refused(List.of(
                    new IrpError("SBX-WINDOW", "More than 24 hours have passed since the document was registered")));
        }
        Instant at = tx.now().atZone(INDIA).withNano(0).toInstant();
        return rows.cancel(tx, irn, at, reason.toString(), remark)
                ? new Cancelled(at)
                : new Refused(List.of(new IrpError("9999", "The document is cancelled already")));
    }

    /** Made when it is first needed: it takes a moment, and most companies never need it. */
    private static final class OwnKey implements Supplier<KeyPair> {
        private final AtomicReference<Optional<KeyPair>> made = new AtomicReference<>(Optional.empty());

        @Override
        public KeyPair get() {
            return made.updateAndGet(key -> key.or(() -> Optional.of(make()))).orElseThrow();
        }

        private static KeyPair make() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has RSA", e);
            }
        }
    }
}
