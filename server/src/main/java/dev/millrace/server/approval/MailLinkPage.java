package dev.millrace.server.approval;

import dev.millrace.engine.FieldChange;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.server.approval.MailLinks.Seen;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.security.Public;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** Where the link in a mail leads: a page without scripts that shows what is decided, and decides when a button is pressed. */
@RestController
public class MailLinkPage {
    private final MailLinks links;

    MailLinkPage(MailLinks links) {
        this.links = links;
    }

    @Public
    @GetMapping("/decide/{token}")
    ResponseEntity<String> see(
            @PathVariable String token, @RequestParam(name = "decision", required = false) @Nullable String decision) {
        return page(() -> {
            Seen seen = links.see(token);
            return html(HttpStatus.OK, seen.request().subject(), details(seen) + ending(seen, decision));
        });
    }

    @Public
    @PostMapping("/decide/{token}")
    ResponseEntity<String> decide(
            @PathVariable String token,
            @RequestParam(name = "decision", required = false) @Nullable String decision,
            @RequestParam(name = "comment", required = false) @Nullable String comment) {
        return page(() -> {
            Seen seen = links.see(token);
            boolean approve = "approve".equals(decision);
            if (!approve && !"reject".equals(decision)) {
                throw Refusal.invalid(
                        "not_one_of", "decision", "Expected approve or reject: press one of the buttons.");
            }
            Outcome outcome;
            try {
                outcome = links.decide(token, approve, Optional.ofNullable(comment));
            } catch (Refusal refusal) {
                return askAgain(seen, decision, refusal);
            }
            String said = outcome.status().equals("pending")
                    ? "Your approval counts. " + outcome.approvals().orElse(0) + " of "
                            + outcome.required().orElse(0) + " have approved."
                    : "Done: it is " + outcome.status() + ".";
            return html(HttpStatus.OK, seen.request().subject(), paragraph(said));
        });
    }

    /** Where only the comment is missing there is a place for it; whatever else refused it is not mended here. */
    private static ResponseEntity<String> askAgain(Seen seen, @Nullable String decision, Refusal refusal) {
        if (!refusal.code().equals(Outcome.COMMENT_REQUIRED)) {
            throw refusal;
        }
        return html(
                refusal.status(),
                seen.request().subject(),
                paragraph(refusal.detail()) + details(seen) + ending(seen, decision));
    }

    private static ResponseEntity<String> page(Supplier<ResponseEntity<String>> made) {
        try {
            return made.get();
        } catch (Refusal refusal) {
            return html(refusal.status(), "Not decided", paragraph(refusal.detail()));
        }
    }

    private static ResponseEntity<String> html(HttpStatus status, String title, String body) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body("""
                        <!doctype html>
                        <html lang="en">
                        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                        <meta name="robots" content="noindex"><title>%1$s</title>
                        <style>
                        :root{color-scheme:light dark}
                        body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
                        h1{font-size:1.5rem;line-height:1.25}
                        dt{opacity:.7}dd{margin:0 0 .5rem}textarea{width:100%%;box-sizing:border-box;font:inherit}
                        button{font:inherit;padding:.5rem 1.5rem;margin:.5rem .5rem 0 0}
                        </style></head>
                        <body><main><h1>%1$s</h1>%2$s</main></body></html>
                        """.formatted(escaped(title), body));
    }

    private static String details(Seen seen) {
        Request request = seen.request();
        Stream<String> own = Stream.of(
                request.amountText().map(text -> entry("Amount", text)).orElse(""),
                request.requesterName().map(name -> entry("Asked for by", name)).orElse(""),
                request.message().map(text -> entry("Message", text)).orElse(""),
                entry("Workflow", request.workflowName()));
        Stream<String> ofDocument = request.shown().map(Shown::document).stream()
                .flatMap(document -> Stream.concat(
                        Stream.of(text(document, "number", "Document"), text(document, "party", "Party")),
                        document.path("facts").values().stream()
                                .map(fact -> entry(
                                        fact.path("label").asString(""),
                                        fact.path("value").asString("")))));
        return "<dl>" + Stream.concat(own, ofDocument).collect(Collectors.joining()) + "</dl>";
    }

    private static String text(JsonNode document, String field, String label) {
        return document.path(field).isString()
                ? entry(label, document.path(field).stringValue())
                : "";
    }

    /** What was chosen in the mail comes first; it is not chosen for the reader. */
    private static String ending(Seen seen, @Nullable String decision) {
        if (seen.over().isPresent()) {
            return paragraph(seen.over().get().detail());
        }
        String changed = seen.changes().isEmpty()
                ? ""
                : paragraph("The document is not the one of the mail any more: "
                        + seen.changes().stream().map(FieldChange::path).collect(Collectors.joining(", "))
                        + ". Unless your company lets so small a change pass, sign in and look at it.");
        String approve = "<button name=\"decision\" value=\"approve\">Approve</button>";
        String reject = "<button name=\"decision\" value=\"reject\">Reject</button>";
        return changed
                + paragraph("You decide as " + seen.caller().member().name() + ".")
                + """
                        <form method="post">
                        <p><label>Comment<br><textarea name="comment" rows="3" maxlength="2000"></textarea></label></p>
                        %s</form>""".formatted("reject".equals(decision) ? reject + approve : approve + reject);
    }

    private static String entry(String label, String value) {
        return "<dt>" + escaped(label) + "</dt><dd>" + escaped(value) + "</dd>";
    }

    private static String paragraph(String text) {
        return "<p>" + escaped(text) + "</p>";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
