package dev.millrace.erp.reference;

import dev.millrace.language.ActionType;
import dev.millrace.language.ActionType.Place;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A definition for each action that names what the action must be given, and is valid as it stands. */
final class Examples {
    /** What says more than a value of the type would. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("where", "row.status == 'pending_approval' and row.needed_by < (now | add_days(7))"),
            Map.entry("match", "event.purchase_order_id == trigger.id"),
            Map.entry("event", "goods_receipt.posted"),
            Map.entry("that", "trigger.amount_base > 0"),
            Map.entry("entity", "purchase_order"),
            Map.entry("entity_type", "purchase_order"),
            Map.entry("role", "Finance Head"),
            Map.entry("to_role", "CFO"),
            Map.entry("url", "https://partner.example/hook"),
            Map.entry("values", "{ big: \"{{ trigger.amount_base > 500000 }}\" }"),
            Map.entry("rules", "[{ when: trigger.amount_base > 500000, then: { level: high } }]"),
            Map.entry("period", "2026-11"),
            Map.entry("date", "2026-11-30"),
            Map.entry("for", "2h"),
            Map.entry("workflow", "stock-count"),
            Map.entry("title", "Ring up {{ trigger.supplier_name }}"),
            Map.entry("text", "Rung up {{ trigger.supplier_name }}"),
            Map.entry("message", "{{ trigger.po_number }} of {{ trigger.total_amount }}"),
            Map.entry("narration", "Freight of {{ trigger.po_number }}"),
            Map.entry("reason", "agreed by telephone"),
            Map.entry(
                    "lines",
                    "[{ account: \"5600\", debit: \"{{ trigger.net_amount }}\" }, { account: \"2400\", credit: \"{{ trigger.net_amount }}\" }]"));

    private static final Map<String, Map<String, String>> OF_ACTION = Map.of(
            "erp.notification.send",
            Map.of(
                    "channel",
                    "in_app",
                    "to",
                    "\"{{ trigger.requested_by }}\"",
                    "body",
                    "\"{{ trigger.po_number }} is on its way\""),
            "erp.query.list",
            Map.of("where", VALUES.getOrDefault("where", ""), "order_by", "-total_amount", "limit", "10"),
            "erp.purchase_order.create",
            Map.of("lines", "[{ item_id: \"{{ trigger.lines[0].item_id }}\", quantity: 10 }]"),
            "erp.approval.request",
            Map.of("amount", "\"{{ trigger.total_amount }}\""));

    private Examples() {}

    /** The step alone, as the page shows it. */
    static String step(ActionType action) {
        boolean inStep = action.places().contains(Place.STEP);
        return inStep
                ? "- id: example\n  action: " + action.name() + "\n" + config(action, "  ")
                : "- id: ask\n  action: erp.approval.request\n  config: { role: Finance Head, message: \"{{ trigger.po_number }}\" }\n"
                        + "  on_timeout:\n    after: 24h\n    action: " + action.name() + "\n" + config(action, "    ");
    }

    /** A whole definition around it. */
    static String definition(ActionType action) {
        return "workflow:\n  name: example\n  trigger: { event: purchase_order.created }\n  steps:\n"
                + step(action).indent(4);
    }

    private static String config(ActionType action, String margin) {
        Map<String, String> more = OF_ACTION.getOrDefault(action.name(), Map.of());
        String fields = action.config().fields().stream()
                .filter(field -> isShown(field, action.config(), more))
                .map(field -> margin + "  " + field.name() + ": "
                        + more.getOrDefault(field.name(), value(field.name(), field.type())) + "\n")
                .collect(Collectors.joining());
        return fields.isEmpty() ? "" : margin + "config:\n" + fields;
    }

    private static boolean isShown(Field field, Shape shape, Map<String, String> more) {
        boolean isFirstOfGroup =
                shape.exactlyOneOf().stream().anyMatch(group -> group.getFirst().equals(field.name()));
        return field.required() || isFirstOfGroup || more.containsKey(field.name());
    }

    private static String value(String name, ValueType type) {
        if (type instanceof ValueType.Choice choice) {
            return '"' + choice.values().getFirst() + '"';
        }
        if (VALUES.containsKey(name)) {
            String value = VALUES.getOrDefault(name, "");
            return value.startsWith("[") || (value.startsWith("{") && !value.startsWith("{{")) ? value : quoted(value);
        }
        return switch (type) {
            case ValueType.Choice choice -> "";
            case ValueType.ListOf list -> "[" + value("", list.item()) + "]";
            case ValueType.MapOf map -> "{ note: \"{{ trigger.po_number }}\" }";
            case Shape shape ->
                shape.fields().stream()
                        .filter(Field::required)
                        .map(field -> field.name() + ": " + value(field.name(), field.type()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
            case ValueType.Scalar scalar ->
                switch (scalar) {
                    case INTEGER -> "1";
                    case DECIMAL -> "\"{{ trigger.total_amount }}\"";
                    case BOOLEAN -> "true";
                    case UUID -> name.equals("supplier_id") ? "\"{{ trigger.supplier_id }}\"" : "\"{{ trigger.id }}\"";
                    case DATE -> "2026-11-30";
                    case DATETIME -> "2026-11-30T09:00:00+05:30";
                    case DURATION -> "2h";
                    case CURRENCY -> "INR";
                    case EXPRESSION -> "trigger.amount_base > 0";
                    case ROLE -> "Finance Head";
                    case MEMBER -> "\"{{ trigger.requested_by }}\"";
                    case EVENT -> "purchase_order.created";
                    case ENTITY -> "purchase_order";
                    case ANY, STRING -> "\"{{ trigger.po_number }}\"";
                };
        };
    }

    private static String quoted(String value) {
        List<String> plain = List.of("Finance Head", "CFO", "in_app", "purchase_order", "2h", "stock-count");
        boolean isPlain = plain.contains(value) || value.matches("[a-z_.]+|[a-z ]+|2026-11-30");
        return isPlain ? value : "\"" + value + "\"";
    }
}
