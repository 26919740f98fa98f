package dev.millrace.language.difference;

import dev.millrace.language.Change.Kind;
import dev.millrace.language.Template;
import dev.millrace.language.difference.Findings.Place;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The fields of a config. */
final class ConfigChanges {
    private static final Set<String> WHO = Set.of("role", "to_role", "user", "to_user");
    private static final String APPROVAL = "erp.approval.request";
    private static final String AUTO_APPROVE = "erp.approval.auto_approve";

    /** Longer ones are not told in full. */
    private static final int LONGEST = 200;

    private final Both both;
    private final Findings findings;

    ConfigChanges(Both both) {
        this.both = both;
        this.findings = both.findings();
    }

    /** @param own the step in which the config stands; empty for none */
    void compare(String action, Template before, Template after, Place place, String own) {
        Set<String> names = new LinkedHashSet<>();
        after.source().properties().forEach(field -> names.add(field.getKey()));
        before.source().properties().forEach(field -> names.add(field.getKey()));
        for (String name : names) {
            JsonNode old = before.source().path(name);
            JsonNode now = after.source().path(name);
            if (!old.equals(now)) {
                field(new Field(action, name, before, after, Optional.of(own).filter(id -> !id.isEmpty())), place.at(name));
            }
        }
    }

    private record Field(String action, String name, Template before, Template after, Optional<String> own) {
        JsonNode old() {
            return before.source().path(name);
        }

        JsonNode now() {
            return after.source().path(name);
        }
    }

    private void field(Field field, Place place) {
        Kind kind = WHO.contains(field.name()) ? Kind.ROLE : Kind.CONFIG;
        String label = both.after().label(field.name());
        String old = both.before().field(field.action(), field.before(), field.name(), field.own()).orElse("");
        String now = both.after().field(field.action(), field.after(), field.name(), field.own()).orElse("");
        boolean told = old.length() + now.length() <= LONGEST && !old.equals(now);
        String key = field.now().isMissingNode()
                ? "change.field_removed"
                : field.old().isMissingNode() ? "change.field_added" : "change.field";
        findings.add(weakens(field), kind, place, told ? key : key + ".long", label, old, now, place.name());
    }

    private static boolean weakens(Field field) {
        return switch (field.action()) {
            case APPROVAL ->
                switch (field.name()) {
                    case "min_approvals" -> number(field.now(), 1) < number(field.old(), 1);
                    case "exclude_users" -> !covers(field.now(), field.old());
                    case "requester" -> !field.old().isMissingNode();
                    default -> false;
                };
            case AUTO_APPROVE ->
                field.name().equals("max_amount")
                        && number(field.now(), Double.MAX_VALUE) > number(field.old(), Double.MAX_VALUE);
            default -> false;
        };
    }

    private static double number(JsonNode value, double otherwise) {
        return value.isNumber() ? value.doubleValue() : otherwise;
    }

    /** Everybody who was excluded still is. */
    private static boolean covers(JsonNode now, JsonNode old) {
        Set<String> excluded = texts(now);
        return excluded.containsAll(texts(old));
    }

    private static Set<String> texts(JsonNode users) {
        Set<String> texts = new LinkedHashSet<>();
        if (users.isArray()) {
            users.forEach(user -> texts.add(user.asString("")));
        } else if (!users.isMissingNode()) {
            texts.add(users.asString(""));
        }
        return texts;
    }
}
