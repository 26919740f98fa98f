package dev.millrace.erp.payments;

import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Payment;
import dev.millrace.erp.PaymentRun;
import dev.millrace.erp.core.Document;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Payment runs, as those who sign see them: the largest payments first. Material is every payment. */
public final class RunDocument implements Document {
    /** Payments that a card shows. */
    private static final int SHOWN_MOST = 20;

    private final RunRows rows = new RunRows();
    private final PaymentRows payments = new PaymentRows();

    @Override
    public Optional<EntityCard> card(Tx tx, UUID id) {
        return rows.find(tx, id).map(run -> {
            List<Payment> taken = payments.page(
                    tx, Optional.empty(), Optional.empty(), Optional.of(id), Optional.empty(), RunStates.PAYMENTS_MOST);
            return new EntityCard(run.number() + " " + run.bankAccount(), shown(run, taken), material(run, taken));
        });
    }

    private static ObjectNode material(PaymentRun run, List<Payment> taken) {
        ObjectNode material = Json.object();
        material.put("bank_account", run.bankAccount());
        material.put("value_date", run.valueDate().toString());
        material.put("currency", run.currency());
        material.put("total", run.totalAmount().toPlainString());
        ArrayNode lines = material.putArray("payments");
        taken.stream()
                .sorted(Comparator.comparing(Payment::number))
                .forEach(payment -> lines.addObject()
                        .put("number", payment.number())
                        .put("party", payment.partyId().toString())
                        .put("amount", payment.amount().toPlainString()));
        return material;
    }

    private static ObjectNode shown(PaymentRun run, List<Payment> taken) {
        ObjectNode shown = Json.object();
        shown.put("entity_type", PaymentEvents.RUN);
        shown.put("number", run.number());
        shown.put("party", run.bankAccount());
        ArrayNode lines = shown.putArray("lines");
        taken.stream()
                .sorted(Comparator.<Payment, BigDecimal>comparing(Payment::amount)
                        .reversed())
                .limit(SHOWN_MOST)
                .forEach(payment -> lines.addObject()
                        .put("number", payment.number())
                        .put("party", payment.partyName())
                        .put("documents", payment.allocations().size())
                        .put("amount", payment.amount().toPlainString()));
        shown.put("total", run.totalAmount().toPlainString());
        shown.put("currency", run.currency());
        ArrayNode facts = shown.putArray("facts");
        facts.addObject().put("label", "Payments").put("value", Integer.toString(run.paymentCount()));
        facts.addObject().put("label", "Prepared by").put("value", run.preparedByName());
        facts.addObject()
                .put("label", "Value date")
                .put("value", run.valueDate().toString());
        return shown;
    }

    /** What was proposed does not change: it is cancelled, and another run is proposed. */
    @Override
    public Optional<ToChange> sentBack(Tx tx, UUID id, String comment) {
        return Optional.empty();
    }
}
