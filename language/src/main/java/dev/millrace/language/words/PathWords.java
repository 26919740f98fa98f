package dev.millrace.language.words;

import java.util.List;
import java.util.Optional;

/**
 * What a path is called: {@code trigger.total_amount} is the total amount.
 *
 * @param own the step in whose config or handlers the path stands: its own error needs no number
 */
record PathWords(Messages messages, Names names, Types types, Optional<String> own) {

    String of(List<String> path) {
        String root = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (rest.isEmpty()) {
            return messages.find("path." + root).orElseGet(() -> messages.quoted(root));
        }
        return switch (root) {
            case "steps" -> step(path);
            case "trigger", "item", "row", "event", "tenant", "workflow", "execution", "secrets" -> {
                String whole = String.join(".", path);
                yield messages.find("path." + whole)
                        .or(() -> own(path))
                        .orElseGet(() -> messages.say("path." + root + ".field", names(rest)));
            }
            default -> messages.quoted(String.join(".", path));
        };
    }

    /** A field that says little without its document: the supplier's name. */
    private Optional<String> own(List<String> path) {
        if (path.size() != 2 || !path.getFirst().equals("trigger")) {
            return Optional.empty();
        }
        return types.document().flatMap(document -> messages.find("own." + path.get(1), names.entity(document)));
    }

    /** Inner fields first: the city of the address. */
    private String names(List<String> fields) {
        String name = field(fields.getLast());
        for (int i = fields.size() - 2; i >= 0; i--) {
            name = messages.say("path.of", name, field(fields.get(i)));
        }
        return name;
    }

    private String field(String name) {
        if (name.equals("0") || name.equals("-1")) {
            return messages.say(name.equals("0") ? "path.entry.first" : "path.entry.last");
        }
        return name.matches("\\d{1,8}")
                ? messages.say("path.entry", Integer.toString(Integer.parseInt(name) + 1))
                : names.field(name);
    }

    private String step(List<String> path) {
        String step = names.step(path.get(1));
        if (path.size() == 2) {
            return messages.say("path.step", step);
        }
        boolean isOwn = own.isPresent() && own.get().equals(path.get(1));
        List<String> rest = path.subList(3, path.size());
        return switch (path.get(2)) {
            case "output" -> rest.isEmpty() ? messages.say("path.output", step) : output(path.get(1), rest, step);
            case "error" -> error(path.get(1), rest, isOwn, step);
            case "status" -> messages.say("path.status", step);
            case "attempt" -> messages.say("path.attempt", step);
            default -> messages.quoted(String.join(".", path));
        };
    }

    private String output(String id, List<String> rest, String step) {
        String approval = types.isApproval(id) ? "path.approval." + rest.getFirst() : "";
        return messages.find(approval, step)
                .or(() -> messages.find("path.output." + String.join(".", rest), step))
                .orElseGet(() -> messages.say("path.output.field", names(rest), step));
    }

    private String error(String id, List<String> rest, boolean isOwn, String step) {
        String field = rest.isEmpty() ? "message" : rest.getFirst();
        String approval = types.isApproval(id) ? "path.error.approval." + field : "";
        return messages.find(approval, isOwn ? "" : step)
                .or(() -> messages.find("path.error." + field, isOwn ? "" : step))
                .orElseGet(() -> messages.say("path.error.other", names.plain(field), isOwn ? "" : step));
    }
}
