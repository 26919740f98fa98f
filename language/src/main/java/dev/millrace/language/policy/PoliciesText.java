package dev.millrace.language.policy;

import dev.millrace.language.Field;
import dev.millrace.language.Fitted;
import dev.millrace.language.Fitted.Misfit;
import dev.millrace.language.Policies;
import dev.millrace.language.Policies.ApprovalAbove;
import dev.millrace.language.Shape;
import dev.millrace.language.Shapes;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.yaml.YamlPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Policies as JSON, read and written. */
public final class PoliciesText {
    private static final Pattern ACTIONS = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*(\\.\\*)?");
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Choice FORBID = words("forbid", "allow");
    private static final Choice TWICE = words("forbid_same_person_twice", "allow");
    private static final Choice SWITCH = words("off", "on");
    private static final ListOf TEXTS = new ListOf(Scalar.STRING, false);
    private static final Shape ABOVE = Shape.of(
            bounded(Field.required("actions", TEXTS, "names or patterns such as erp.ledger.*"), 1, 100),
            bounded(Field.required("amount", Scalar.DECIMAL, "above it an approval is needed"), 0, 1_000_000_000_000L),
            defaulted("currency", words("base"), "base"),
            bounded(Field.optional("levels", Scalar.INTEGER, "approvals upstream"), 1, 3));
    private static final Shape SHAPE = Shape.of(
            defaulted("self_approval", FORBID, "forbid"),
            defaulted("distinct_approvers", TWICE, "forbid_same_person_twice"),
            bounded(Field.optional("approval_above", new ListOf(ABOVE, false), ""), 0, 50),
            bounded(Field.optional("forbidden_actions", TEXTS, ""), 0, 200),
            bounded(Field.optional("webhook_hosts", TEXTS, ""), 0, 200),
            defaulted("auto_approve_amounts", FORBID, "forbid"),
            Field.optional("comment_required", new ListOf(words("approve", "reject"), false), ""),
            defaulted("second_person_for_definitions", SWITCH, "off"),
            bounded(Field.optional("change_tolerance", Scalar.DECIMAL, "percent of a document's amount"), 0, 100));

    private PoliciesText() {}

    public static Policies.Read read(JsonNode json) {
        Fitted fitted = Shapes.fit(json, SHAPE);
        var misfits = new ArrayList<>(fitted.misfits());
        if (fitted.fits()) {
            misfits.addAll(badForms(fitted.value()));
        }
        return misfits.isEmpty() ? new Policies.Read.Good(policies(fitted.value())) : new Policies.Read.Bad(misfits);
    }

    private static List<Misfit> badForms(JsonNode value) {
        var misfits = new ArrayList<Misfit>();
        String action = "the name of an action, or a pattern such as erp.ledger.*";
        badForms(value.path("forbidden_actions"), "forbidden_actions", ACTIONS, action, misfits);
        badForms(value.path("webhook_hosts"), "webhook_hosts", HOST, "a host name such as hooks.example.com", misfits);
        int at = 0;
        for (JsonNode above : value.path("approval_above")) {
            String path = YamlPath.item("approval_above", at++) + ".actions";
            badForms(above.path("actions"), path, ACTIONS, action, misfits);
        }
        return misfits;
    }

    private static void badForms(JsonNode list, String path, Pattern form, String what, List<Misfit> misfits) {
        int at = 0;
        for (JsonNode item : list) {
            String text = item.asString();
            String place = YamlPath.item(path, at++);
            if (!form.matcher(text).matches()) {
                misfits.add(new Misfit("out_of_range", place, "expected " + what + " but got '" + text + "'"));
            }
        }
    }

    private static Policies policies(JsonNode value) {
        var above = new ArrayList<ApprovalAbove>();
        value.path("approval_above")
                .forEach(item -> above.add(new ApprovalAbove(
                        texts(item.path("actions")),
                        item.path("amount").decimalValue(),
                        item.path("levels").isNumber() ? item.path("levels").intValue() : 1)));
        Set<String> comments = value.path("comment_required").isArray()
                ? Set.copyOf(texts(value.path("comment_required")))
                : Policies.DEFAULT.commentRequired();
        return new Policies(
                allows(value.path("self_approval")),
                allows(value.path("distinct_approvers")),
                above,
                texts(value.path("forbidden_actions")),
                texts(value.path("webhook_hosts")),
                allows(value.path("auto_approve_amounts")),
                comments,
                value.path("second_person_for_definitions").asString().equals("on"),
                value.path("change_tolerance").isNumber()
                        ? value.path("change_tolerance").decimalValue()
                        : Policies.DEFAULT.changeTolerance());
    }

    /** Every key is written, also where it holds the default. Amounts are texts. */
    public static ObjectNode write(Policies policies) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("self_approval", policies.selfApproval() ? "allow" : "forbid");
        json.put("distinct_approvers", policies.samePersonTwice() ? "allow" : "forbid_same_person_twice");
        var above = json.putArray("approval_above");
        for (ApprovalAbove each : policies.approvalAbove()) {
            ObjectNode item = above.addObject();
            each.actions().forEach(item.putArray("actions")::add);
            item.put("amount", each.amount().toPlainString());
            item.put("currency", "base");
            item.put("levels", each.levels());
        }
        policies.forbiddenActions().forEach(json.putArray("forbidden_actions")::add);
        policies.webhookHosts().forEach(json.putArray("webhook_hosts")::add);
        json.put("auto_approve_amounts", policies.autoApproveAmounts() ? "allow" : "forbid");
        policies.commentRequired().stream().sorted().forEach(json.putArray("comment_required")::add);
        json.put("second_person_for_definitions", policies.secondPersonForDefinitions() ? "on" : "off");
        json.put("change_tolerance", policies.changeTolerance().toPlainString());
        return json;
    }

    private static boolean allows(JsonNode word) {
        return word.asString().equals("allow");
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).distinct().collect(Collectors.toUnmodifiableList());
    }

    private static Choice words(String... words) {
        return new Choice(List.of(words));
    }

    private static Field defaulted(String name, ValueType type, String word) {
        return new Field(
                name, type, false, "", Optional.empty(), Optional.empty(), Optional.of(StringNode.valueOf(word)));
    }

    private static Field bounded(Field field, long least, long most) {
        return new Field(
                field.name(),
                field.type(),
                field.required(),
                field.description(),
                Optional.of(BigDecimal.valueOf(least)),
                Optional.of(BigDecimal.valueOf(most)),
                field.defaultValue());
    }
}
