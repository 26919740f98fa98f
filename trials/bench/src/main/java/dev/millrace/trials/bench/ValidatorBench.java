package dev.millrace.trials.bench;

import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Checker;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Checks a definition of 500 steps (schema, references, types, policies), side by side with reading the same text
 * into a tree, which every checker has to do.
 */
final class ValidatorBench {
    private static final int STEPS = 500;
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 300;

    private static final String HEAD = """
                workflow:
                  name: five-hundred-steps
                  trigger:
                    event: purchase_order.created
                    condition: trigger.amount_base > 500000 and trigger.supplier_email is not none
                  steps:
                """;

    private final PrintStream out;

    ValidatorBench(PrintStream out) {
        this.out = out;
    }

    void run() {
        measure("full steps: approvals with deadlines and handlers, postings, messages", full("Finance Head"));
        measure("plain steps: a task each, one expression", plain());
        measure("full steps, one fault in five", full("Finance Haed"));
    }

    private void measure(String what, String yaml) {
        Catalogue catalogue = CatalogueFile.shipped();
        int problems = Checker.check(yaml, catalogue).problems().size();
        var works = List.<IntSupplier>of(
                () -> Checker.document(yaml).map(tree -> tree.size()).orElse(0),
                () -> Checker.check(yaml, catalogue).problems().size());
        Timed.alternating(WARM_UP, works);
        List<Timed> timed = Timed.alternating(ROUNDS, works);
        int bytes = yaml.getBytes(StandardCharsets.UTF_8).length;
        out.printf(
                Locale.ROOT,
                "%n%s%n%d steps, %,d bytes, %d problems, %d rounds after %d to warm up%n",
                what,
                STEPS,
                bytes,
                problems,
                ROUNDS,
                WARM_UP);
        out.println("| what | median ms | p95 ms | MB/s | ratio to reading |");
        out.println("| --- | --- | --- | --- | --- |");
        row("read into a tree", timed.get(0), timed.get(0), bytes);
        row("check", timed.get(1), timed.get(0), bytes);
    }

    private void row(String what, Timed timed, Timed floor, int bytes) {
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.1f | %.1f |%n",
                what,
                timed.median(),
                timed.millis(0.95),
                bytes / timed.median() / 1000,
                timed.median() / floor.median());
    }

    private static String plain() {
        var text = new StringBuilder(HEAD);
        for (int step = 0; step < STEPS; step++) {
            text.append("    - { id: s")
                    .append(step)
                    .append(
                            ", action: erp.task.assign, config: { role: Accounts, title: \"Look at {{ trigger.po_number }}\" }")
                    .append(step == 0 ? " }\n" : ", depends_on: s" + (step - 1) + " }\n");
        }
        return text.toString();
    }

    /** Approvals with deadlines and handlers, postings behind them, messages: in chains of five. */
    private static String full(String role) {
        var text = new StringBuilder(HEAD);
        for (int step = 0; step < STEPS; step += 5) {
            text.append(CHAIN.replace("@before", step == 0 ? "[]" : "tell_" + (step - 5))
                    .replace("@n", Integer.toString(step))
                    .replace("@role", role)
                    .replace("      depends_on: []\n", ""));
        }
        return text.toString();
    }

    private static final String CHAIN = """
                - id: ask_@n
                  action: erp.approval.request
                  depends_on: @before
                  condition: trigger.total_amount * 2 > 1000000 or trigger.currency != 'INR'
                  if_skipped: pass
                  config:
                    role: @role
                    entity_type: purchase_order
                    entity_id: "{{ trigger.id }}"
                    amount: "{{ trigger.total_amount }}"
                    requester: "{{ trigger.requested_by }}"
                    message: "{{ trigger.po_number }} of {{ trigger.supplier_name | upper }}, {{ trigger.total_amount | money }}"
                  on_timeout: { after: 24h, action: erp.approval.escalate, config: { to_role: CFO } }
                  on_error:
                    - action: erp.purchase_order.cancel
                      config: { purchase_order_id: "{{ trigger.id }}", reason: "{{ steps.ask_@n.error.message }}" }
                - id: figures_@n
                  action: core.set
                  depends_on: ask_@n
                  config: { values: { large: "{{ trigger.lines | selectattr('amount', 'gt', 100000) | list | length }}" } }
                - id: lock_@n
                  action: erp.purchase_order.lock
                  depends_on: figures_@n
                  config: { purchase_order_id: "{{ trigger.id }}", approval_id: "{{ steps.ask_@n.output.approval_id }}" }
                - id: post_@n
                  action: erp.task.assign
                  depends_on: lock_@n
                  retry: { max_attempts: 5, initial_delay: 2s, multiplier: 2, max_delay: 5m }
                  config: { role: Accounts, title: "Book {{ trigger.po_number }}, {{ steps.lock_@n.output.status }}", due_in: 2d }
                - id: tell_@n
                  action: erp.notification.send
                  depends_on: post_@n
                  on_error: continue
                  config: { channel: in_app, to: "{{ trigger.requested_by }}", body: "{{ trigger.po_number }} is locked" }
            """;
}
