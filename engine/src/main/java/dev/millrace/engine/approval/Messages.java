package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Directory.Message;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import java.util.List;
import java.util.Optional;

/** What people are told about requests. */
final class Messages {
    private Messages() {}

    static void ask(Tx tx, Directory directory, List<Member> people, Request request) {
        String from = request.escalatedFrom().isPresent() ? "Passed on to you: " : "Waiting for you: ";
        String subject = from + request.entityLabel().or(request::message).orElse(request.workflowName());
        String amount = request.amount()
                .map(a -> "\n" + request.currency().orElse("") + " " + a.toPlainString())
                .orElse("");
        String body = request.message().orElse(subject)
                + amount
                + request.requesterName().map(n -> "\nAsked for by " + n).orElse("");
        directory.tell(tx, people, new Message(first(subject), body, link(request)));
    }

    static void passedOn(Tx tx, Directory directory, List<Member> people, Request request, Request higher) {
        String subject = "No longer yours to decide: " + request.entityLabel().orElse(request.workflowName());
        String body = "It was passed on to " + higher.asked() + ", because it was not decided in time.";
        directory.tell(tx, people, new Message(first(subject), body, link(higher)));
    }

    private static String link(Request request) {
        return "/workflows/approvals/" + request.id();
    }

    private static String first(String subject) {
        String line =
                Optional.of(subject).map(s -> s.lines().findFirst().orElse(s)).orElse(subject);
        return line.length() > 200 ? line.substring(0, 199) + "…" : line;
    }
}
