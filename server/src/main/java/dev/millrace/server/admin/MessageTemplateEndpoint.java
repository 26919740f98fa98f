package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.MessageTemplate;
import dev.millrace.erp.MessageTemplate.Approved;
import dev.millrace.erp.MessageTemplates;
import dev.millrace.erp.MessageTemplates.Put;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The named texts of the company's messages. */
@RestController
@RequestMapping("/api/v1/admin/message-templates")
public class MessageTemplateEndpoint {
    private final Engine engine;
    private final MessageTemplates templates;

    public MessageTemplateEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.templates = erp.messageTemplates(trail);
    }

    record MessageTemplateForm(
            @Describe(value = "what a step gives, and the texts may name", most = 50)
            Optional<List<String>> variables,

            @Describe(value = "of e-mails", least = 1, most = 1_000)
            Optional<String> subject,

            @Describe(value = "with {{ variables }}", least = 1, most = 10_000)
            String body,

            @Describe("the text as WhatsApp approved it; without it none outside a session")
            Optional<ApprovedForm> whatsapp) {

        MessageTemplate.Text text() {
            return new MessageTemplate.Text(
                    variables.orElse(List.of()), subject, body, whatsapp.map(ApprovedForm::approved));
        }
    }

    record ApprovedForm(
            @Describe(value = "as WhatsApp knows it", least = 1, most = 512)
            String name,

            @Describe(value = "en or en_US", least = 2, most = 15)
            String language,

            @Describe(value = "what fills its places, in their order", most = 50)
            Optional<List<String>> parameters) {

        Approved approved() {
            return new Approved(name, language, parameters.orElse(List.of()));
        }
    }

    record MessageTemplateBody(
            String name,
            List<String> variables,
            Optional<String> subject,
            String body,
            Optional<Approved> whatsapp,
            int version,
            String updatedBy,
            Instant updatedAt) {
        static MessageTemplateBody of(MessageTemplate template) {
            return new MessageTemplateBody(
                    template.name(),
                    template.text().variables(),
                    template.text().subject(),
                    template.text().body(),
                    template.text().whatsapp(),
                    template.version(),
                    template.updatedBy(),
                    template.updatedAt());
        }
    }

    @Operation(summary = "Message templates, by name")
    @Needs("admin")
    @GetMapping
    Listing<MessageTemplateBody> list(Caller caller) {
        return engine.run(
                caller.tenant(),
                tx -> new Listing<>(
                        templates.list(tx).stream().map(MessageTemplateBody::of).toList(), Optional.empty()));
    }

    @Operation(summary = "A message template")
    @Needs("admin")
    @GetMapping("/{name}")
    ResponseEntity<MessageTemplateBody> get(Caller caller, @PathVariable String name) {
        return engine.run(
                caller.tenant(),
                tx -> answer(HttpStatus.OK, templates.find(tx, name).orElseThrow(Refusal::notFound)));
    }

    /** Sets it as a whole; 201 if there was none of that name. */
    @Operation(summary = "Add or change a message template")
    @Needs("admin")
    @PutMapping("/{name}")
    ResponseEntity<MessageTemplateBody> put(
            Caller caller,
            @PathVariable String name,
            @RequestBody Body<MessageTemplateForm> body,
            HttpServletRequest request) {
        if (!MessageTemplates.NAME.matcher(name).matches()) {
            throw Refusal.notFound();
        }
        return engine.run(caller.tenant(), tx -> {
            int version = templates.hold(tx, name).map(MessageTemplate::version).orElse(0);
            IfMatch.require(request, version, "the message template");
            return switch (templates.put(tx, name, body.read().text(), caller.actor())) {
                case Put.Done done -> answer(done.isNew() ? HttpStatus.CREATED : HttpStatus.OK, done.template());
                case Put.Wrong wrong ->
                    throw Refusal.invalid(
                            "invalid_input",
                            wrong.problems().stream().map(FieldProblem::of).toList());
            };
        });
    }

    @Operation(summary = "Delete a message template")
    @Needs("admin")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(Caller caller, @PathVariable String name) {
        return engine.run(caller.tenant(), tx -> {
            if (!templates.delete(tx, name, caller.actor())) {
                throw Refusal.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }

    private static ResponseEntity<MessageTemplateBody> answer(HttpStatus status, MessageTemplate template) {
        return ResponseEntity.status(status)
                .eTag(IfMatch.tag(template.version()))
                .body(MessageTemplateBody.of(template));
    }
}
