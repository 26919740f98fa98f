package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Directory.Decidable;
import dev.millrace.engine.Directory.Message;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people are told about requests. */
final class Messages {
    private static final int CHANGES_MOST = 10;

    private Messages() {}

    /** A new request, whatever it was made of. */
    static void ask(Tx tx, Directory directory, List<Member> people, Request request) {
        String why = request.replaces().isPresent()
                ? "Changed, please look again: "
                : request.escalatedFrom().isPresent() ? "Passed on to you: " : "Waiting for you: ";
        tell(tx, directory, people, why, request);
    }

    static void remind(Tx tx, Directory directory, List<Member> people, Request request) {
        tell(tx, directory, people, "Still waiting for you: ", request);
    }

    static void handedOver(Tx tx, Directory directory, List<Member> people, Request request) {
        tell(tx, directory, people, "Handed over to you: ", request);
    }

    private static void tell(Tx tx, Directory directory, List<Member> people, String why, Request request) {
        String subject = why + request.subject();
        String amount = request.amountText().map(text -> "\n" + text).orElse("");
        String body = request.message().orElse(subject)
                + amount
                + request.requesterName().map(n -> "\nAsked for by " + n).orElse("")
                + request.shown().map(s -> changes(s.changedSince())).orElse("");
        var decidable = new Decidable(request.id(), request.expiresAt());
        directory.tell(tx, people, new Message(first(subject), body, link(request), Optional.of(decidable)));
    }

    private static String changes(List<FieldChange> changes) {
        String shown = changes.stream()
                .limit(CHANGES_MOST)
                .map(c -> "\n" + c.path() + ": "
                        + c.before().map(Object::toString).orElse("–") + " → "
                        + c.after().map(Object::toString).orElse("–"))
                .collect(Collectors.joining());
        return changes.size() > CHANGES_MOST ? shown + "\n… and " + (changes.size() - CHANGES_MOST) + " more" : shown;
    }

    static void passedOn(Tx tx, Directory directory, List<Member> people, Request request, Request higher) {
        String subject = "No longer yours to decide: " + request.subject();
        String body = "It was passed on to " + higher.asked() + ", because it was not decided in time.";
        directory.tell(tx, people, new Message(first(subject), body, link(higher)));
    }

    private static String link(Request request) {
        return "/workflows/approvals/" + request.id();
    }

    private static String first(String subject) {
        String line = subject.lines().findFirst().orElse(subject);
        return line.length() > 200 ? line.substring(0, 199) + "…" : line;
    }
}
