package dev.millrace.trials.bench;

import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Definition;
import dev.millrace.language.EventType;
import dev.millrace.language.Happening;
import dev.millrace.language.Script;
import dev.millrace.language.Simulator;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Simulates a definition over past events on one core: every second of them needs an approval. */
final class SimulatorBench {
    private static final int EVENTS = 1000;
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 30;
    private static final Instant AT = Instant.parse("2026-01-05T04:30:00Z");

    private final PrintStream out;

    SimulatorBench(PrintStream out) {
        this.out = out;
    }

    void run() {
        Catalogue catalogue = CatalogueFile.shipped();
        Simulator simulator = Simulator.of(definition(catalogue), catalogue);
        List<Happening> events = events(catalogue);
        IntSupplier work = () -> events.stream()
                .mapToInt(event -> simulator.run(event, Script.NONE).path().size())
                .sum();
        Timed.alternating(WARM_UP, List.of(work));
        Timed timed = Timed.alternating(ROUNDS, List.of(work)).getFirst();
        out.printf(Locale.ROOT, "%,d events, %d rounds after %d to warm up%n%n", EVENTS, ROUNDS, WARM_UP);
        out.println("| what | events/s, median | events/s, p95 |");
        out.println("| --- | --- | --- |");
        out.printf(
                Locale.ROOT,
                "| simulate | %,.0f | %,.0f |%n",
                EVENTS / timed.median() * 1000,
                EVENTS / timed.millis(0.95) * 1000);
    }

    private static List<Happening> events(Catalogue catalogue) {
        EventType type = Optional.ofNullable(catalogue.events().get("purchase_order.created"))
                .orElseThrow();
        var events = new ArrayList<Happening>();
        for (int n = 0; n < EVENTS; n++) {
            ObjectNode given = JsonNodeFactory.instance.objectNode();
            given.set("amount_base", DecimalNode.valueOf(BigDecimal.valueOf(n % 2 == 0 ? 1000 : 900_000)));
            given.put("supplier_email", "sales@bolts.example");
            events.add(Happening.event(
                    type.name(), Simulator.plausible(type.payload(), given, AT, catalogue), AT.plusSeconds(n)));
        }
        return events;
    }

    private static Definition definition(Catalogue catalogue) {
        return switch (Checker.check(ORDERS, catalogue)) {
            case Checked.Valid valid -> valid.definition();
            case Checked.Invalid invalid ->
                throw new IllegalStateException("the definition to measure is not valid: " + invalid.problems());
        };
    }

    private static final String ORDERS = """
            workflow:
              name: orders
              trigger: { event: purchase_order.created }
              steps:
                - id: finance_head
                  action: erp.approval.request
                  condition: trigger.amount_base > 500000
                  if_skipped: pass
                  config:
                    role: Finance Head
                    entity_type: purchase_order
                    entity_id: "{{ trigger.id }}"
                    amount: "{{ trigger.total_amount }}"
                    currency: "{{ trigger.currency }}"
                    requester: "{{ trigger.requested_by }}"
                    message: "{{ trigger.po_number }} from {{ trigger.supplier_name }}"
                  on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
                  on_error:
                    - action: erp.purchase_order.cancel
                      config: { purchase_order_id: "{{ trigger.id }}", reason: "{{ steps.finance_head.error.message }}" }
                    - { action: core.stop, config: { reason: order not approved } }
                - id: lock
                  action: erp.purchase_order.lock
                  depends_on: finance_head
                  config: { purchase_order_id: "{{ trigger.id }}", approval_id: "{{ steps.finance_head.output.approval_id }}" }
                - id: tell_requester
                  action: erp.notification.send
                  depends_on: lock
                  on_error: continue
                  config: { channel: in_app, to: "{{ trigger.requested_by }}", body: "{{ trigger.po_number }} is approved and locked" }
                - id: tell_supplier
                  action: erp.notification.send
                  depends_on: lock
                  condition: trigger.supplier_email is not none
                  on_error: continue
                  config:
                    channel: email
                    to: "{{ trigger.supplier_email }}"
                    subject: "Purchase order {{ trigger.po_number }}"
                    body: "Please deliver against {{ trigger.po_number }} for {{ trigger.currency }} {{ trigger.total_amount }}."
            """;
}
