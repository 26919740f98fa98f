package dev.millrace.server.approval;

import dev.millrace.engine.FieldChange;
import dev.millrace.engine.action.Describe;
import dev.millrace.server.approval.MailLinks.Seen;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The link in a mail, for programs; people get {@link MailLinkPage}. */
@RestController
@RequestMapping("/api/v1/decide")
public class MailLinkEndpoint {
    private final MailLinks links;

    MailLinkEndpoint(MailLinks links) {
        this.links = links;
    }

    /**
     * What the link is about.
     *
     * @param state {@code open}, {@code document_changed}, or the code with which a decision would be refused
     * @param decider whose link it is
     * @param changes what differs in the document from what the mail showed
     */
    record LinkBody(
            String state, Optional<String> detail, String decider, ApprovalBody request, List<FieldChange> changes) {
        static LinkBody of(Seen seen) {
            String open = seen.changes().isEmpty() ? "open" : "document_changed";
            return new LinkBody(
                    seen.over().map(Refusal::code).orElse(open),
                    seen.over().map(Refusal::detail),
                    seen.caller().member().name(),
                    ApprovalBody.of(seen.request(), seen.votes()),
                    seen.changes());
        }
    }

    /** Decides nothing, however often it is followed. */
    @Operation(summary = "What the link of a mail would decide")
    @Public
    @GetMapping("/{token}")
    LinkBody see(@PathVariable String token) {
        return LinkBody.of(links.see(token));
    }

    enum Verdict {
        APPROVE,
        REJECT
    }

    record Decision(
            @Describe("what the link's owner decides") Verdict decision,

            @Describe(value = "for the requester and the journal", most = 2000)
            Optional<String> comment) {}

    /** Decides, once. */
    @Operation(summary = "Decide by the link of a mail")
    @Public
    @PostMapping("/{token}")
    Outcome decide(@PathVariable String token, @RequestBody Body<Decision> body) {
        links.see(token);
        Decision decision = body.read();
        return links.decide(token, decision.decision() == Verdict.APPROVE, decision.comment());
    }
}
