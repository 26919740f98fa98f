package dev.millrace.language;

import dev.millrace.language.check.TestCatalogue;
import dev.millrace.language.expression.RandomExpressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** Makes definitions with every construct of the language, in any mixture. */
public final class RandomDefinitions {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> ROLES =
            List.of("Finance Head", "CFO", "Sales Head", "Accounts", "Warehouse Manager", "Purchasing");
    private static final List<String> DURATIONS = List.of("15m", "1h", "90m", "24h", "36h", "2d", "3d", "10d");
    private static final List<String> TRIGGERS = List.of(
            "event: purchase_order.created",
            "event: [purchase_order.created, purchase_order.changed]",
            "schedule: '*/15 8-18 * * MON-FRI'\n    timezone: Asia/Kolkata\n    catch_up: none",
            "schedule: '0 0 L * *'",
            "manual: true",
            "manual: true\n    inputs: { type: object, properties: { amount: { type: number } } }");

    private final Random random;
    private final RandomExpressions expressions;

    public RandomDefinitions(long seed) {
        random = new Random(seed);
        expressions = new RandomExpressions(seed);
    }

    /** Built, but not checked: expressions see names that no definition has. */
    public Definition next() {
        return Checker.rebuild(yaml(), TestCatalogue.everything().actions());
    }

    public String yaml() {
        StringBuilder yaml = new StringBuilder("workflow:\n  name: generated\n");
        if (random.nextBoolean()) {
            yaml.append("  description: Generated\n");
        }
        String trigger = pick(TRIGGERS);
        yaml.append("  trigger:\n    ").append(trigger).append('\n');
        if (trigger.startsWith("event") && random.nextBoolean()) {
            yaml.append("    condition: ").append(condition()).append('\n');
        }
        if (random.nextInt(4) == 0) {
            yaml.append("  concurrency: { key: \"{{ trigger.id }}\", on_conflict: ")
                    .append(pick(List.of("skip", "queue")))
                    .append(" }\n");
        }
        yaml.append("  steps:\n");
        int steps = 1 + random.nextInt(7);
        for (int i = 0; i < steps; i++) {
            step(yaml, i);
        }
        if (random.nextInt(3) == 0) {
            yaml.append("  on_failure:\n    - ").append(effect()).append('\n');
        }
        return yaml.toString();
    }

    private void step(StringBuilder yaml, int number) {
        boolean approval = random.nextInt(3) == 0;
        yaml.append("    - id: step_").append((char) ('a' + number)).append('\n');
        yaml.append("      ").append(approval ? approval() : any()).append('\n');
        List<String> before = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            if (random.nextInt(3) == 0) {
                before.add("step_" + (char) ('a' + i));
            }
        }
        if (!before.isEmpty()) {
            yaml.append("      depends_on: ").append(before).append('\n');
        }
        option(yaml, "condition: " + condition());
        option(yaml, "if_skipped: pass");
        option(yaml, "retry: { max_attempts: " + (1 + random.nextInt(9)) + ", initial_delay: 2s }");
        if (approval) {
            option(yaml, "on_timeout:\n" + deadlines());
        } else {
            option(yaml, "timeout: " + pick(DURATIONS));
            option(yaml, "for_each: trigger.lines\n      max_parallel: " + (1 + random.nextInt(5)));
        }
        option(yaml, pick(List.of(
                "on_error: continue",
                "on_error: { " + braceless() + " }",
                "on_error:\n        - " + effect() + "\n        - " + effect(),
                "on_error: { do: [{ " + braceless() + " }], then: continue }")));
    }

    private void option(StringBuilder yaml, String text) {
        if (random.nextInt(3) == 0) {
            yaml.append("      ").append(text).append('\n');
        }
    }

    private String deadlines() {
        StringBuilder list = new StringBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            list.append("        - { after: ")
                    .append((i + 1) * (1 + random.nextInt(3)) + 3 * i)
                    .append("h, ")
                    .append(pick(List.of(
                            "action: erp.approval.escalate, config: { to_role: " + role() + " }",
                            "action: erp.approval.auto_approve, config: { reason: nobody objected }",
                            braceless(),
                            braceless() + ", then: continue")))
                    .append(" }\n");
        }
        return list.toString().stripTrailing();
    }

    private String approval() {
        return "action: erp.approval.request\n      config: { role: " + role()
                + pick(List.of(
                        "",
                        ", amount: \"{{ trigger.total_amount }}\"",
                        ", min_approvals: 2, remind_every: 4h",
                        ", entity_type: purchase_order, entity_id: \"{{ trigger.id }}\", message: \"For {{ trigger.po_number }}\"",
                        ", requester: \"{{ trigger.requested_by }}\", exclude_users: [asha@acme.example]"))
                + " }";
    }

    private String any() {
        return pick(List.of(
                braceless().replace(", config", "\n      config"),
                "action: core.wait\n      config: { for: " + pick(DURATIONS) + " }",
                "action: core.set\n      config: { values: { a: " + quoted("{{ " + expressions.next() + " }}") + " } }",
                "action: core.assert\n      config: { that: " + condition() + ", message: no }",
                "action: no.such_action\n      config: { role: " + role() + ", list: [1, { a: b }], none: null }"));
    }

    private String effect() {
        return "{ " + braceless() + " }";
    }

    private String braceless() {
        return pick(List.of(
                "action: erp.task.assign, config: { role: " + role() + ", title: Look }",
                "action: erp.notification.send, config: { channel: " + pick(List.of("email", "in_app", "whatsapp"))
                        + ", to_role: " + role() + ", subject: Hello, body: " + quoted("A {{ " + expressions.next() + " }} b")
                        + " }",
                "action: core.stop, config: { reason: enough }"));
    }

    private String role() {
        return pick(ROLES);
    }

    private String condition() {
        return quoted(random.nextInt(3) == 0 ? "trigger.total_amount > " + random.nextInt(900_000) : expressions.next());
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
