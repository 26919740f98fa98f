package dev.millrace.language.words;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fields that are true or false, and states of steps, as clauses: the supplier is new; step 2 was approved. */
record Predicates(Messages messages, Names names, Types types) {
    private static final Pattern IS_INSIDE = Pattern.compile("(.+)_(?:is|was)_(.+)");
    private static final Pattern IS_FIRST = Pattern.compile("(is|has|includes|needs|can|must)_(.+)");
    private static final Pattern IS_LAST =
            Pattern.compile("(.+)_(required|filed|verified|blocked|approved|locked|paid|complete|reserved|urgent)");

    String of(List<String> path, PathWords paths, boolean holds) {
        if (types.measure(path) != Measure.YES_OR_NO && types.of(path).isPresent()) {
            return messages.say(holds ? "clause.given" : "clause.not_given", paths.of(path));
        }
        String clause = clause(path.getLast(), holds);
        return path.getFirst().equals("steps") && path.size() > 3
                ? messages.say("clause.of_step", clause, names.step(path.get(1)))
                : clause;
    }

    private String clause(String field, boolean holds) {
        String not = holds ? "" : ".not";
        return messages.find("predicate." + field + not).orElseGet(() -> composed(field, not));
    }

    private String composed(String field, String not) {
        Matcher inside = IS_INSIDE.matcher(field);
        if (inside.matches()) {
            return messages.say("clause.is" + not, messages.say("the", names.field(inside.group(1))), names.plain(inside.group(2)));
        }
        Matcher first = IS_FIRST.matcher(field);
        if (first.matches()) {
            return messages.say("clause.it_" + first.group(1) + not, names.plain(first.group(2)));
        }
        Matcher last = IS_LAST.matcher(field);
        if (last.matches()) {
            return messages.say("clause.is" + not, messages.say("the", names.field(last.group(1))), names.plain(last.group(2)));
        }
        return messages.say("clause.yes" + not, names.field(field));
    }

    /** {@code steps.a.status == 'completed'}. */
    Optional<String> status(List<String> path, String status, boolean equal) {
        boolean asksStep = path.size() == 3 && path.getFirst().equals("steps") && path.get(2).equals("status");
        if (!asksStep) {
            return Optional.empty();
        }
        String kind = types.isApproval(path.get(1)) ? "approval" : "step";
        return messages.find("status." + kind + "." + status + (equal ? "" : ".not"), names.step(path.get(1)));
    }

    /** {@code row.period == trigger.period}: the same field of both. */
    Optional<String> same(List<String> left, Optional<List<String>> right, boolean equal) {
        boolean each = left.getFirst().equals("row") || left.getFirst().equals("event");
        if (right.isEmpty() || !each || !right.get().getFirst().equals("trigger")) {
            return Optional.empty();
        }
        String not = equal ? "" : ".not";
        Optional<String> document = types.document();
        if (right.get().equals(List.of("trigger", "id")) && document.isPresent() && left.getLast().equals(document.get() + "_id")) {
            return Optional.of(messages.say("clause.this" + not, names.entity(document.get())));
        }
        return right.get().getLast().equals(left.getLast())
                ? Optional.of(messages.say("clause.same." + left.getFirst() + not, names.field(left.getLast())))
                : Optional.empty();
    }
}
