package dev.millrace.server.workflow;

import dev.millrace.engine.Definitions;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Saved;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.language.Problem;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.DefinitionBody;
import dev.millrace.server.request.DefinitionBody.Text;
import dev.millrace.server.request.Filters;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Saving definitions and switching them on and off. */
@RestController
@RequestMapping("/api/v1/workflows")
public class DefinitionWriteEndpoint {
    private final Engine engine;
    private final Definitions definitions;
    private final Consent consent;

    DefinitionWriteEndpoint(Engine engine, Consent consent) {
        this.engine = engine;
        this.definitions = engine.definitions();
        this.consent = consent;
    }

    /**
     * @param enabled absent: the other way than it is
     */
    record Toggle(
            @Describe("absent: the other way than it is") Optional<Boolean> enabled) {}

    /**
     * @param waitingEvents stored events of its trigger, of the newest 1,000, that nobody has dealt with; null while it
     *     is switched off
     */
    record SavedBody(
            UUID id,
            String name,
            int version,
            String status,
            boolean enabled,
            List<FieldProblem> warnings,
            Optional<Integer> waitingEvents) {
        static SavedBody of(StoredDefinition stored, List<Problem> warnings) {
            return new SavedBody(
                    stored.id(),
                    stored.name(),
                    stored.version(),
                    stored.status(),
                    stored.enabled(),
                    warnings.stream().map(FieldProblem::of).toList(),
                    Optional.empty());
        }

        SavedBody waiting(int events) {
            return new SavedBody(id, name, version, status, enabled, warnings, Optional.of(events));
        }
    }

    /**
     * Every refusal takes back what was written, but for want of a second person: there nothing was written but the entry
     * in the journal, which stays.
     */
    private ResponseEntity<SavedBody> write(Caller caller, HttpStatus whenNew, Function<Tx, Saved> change) {
        Optional<ResponseEntity<SavedBody>> written = engine.run(caller.tenant(), tx -> {
            Saved saved = change.apply(tx);
            return saved instanceof Saved.NeedsSecondPerson
                    ? Optional.empty()
                    : Optional.of(withWaiting(tx, answer(caller, saved, whenNew)));
        });
        return written.orElseThrow(DefinitionWriteEndpoint::secondPerson);
    }

    private static Refusal secondPerson() {
        return Refusal.forbidden(
                "second_person_required",
                "Your company asks that nobody alone writes a workflow and switches it on: save it with 'enabled': false,"
                        + " and let somebody else who may change workflows switch it on.");
    }

    /** What is switched on says how many events came before it: they can be started now. */
    private ResponseEntity<SavedBody> withWaiting(Tx tx, ResponseEntity<SavedBody> answer) {
        SavedBody body = Objects.requireNonNull(answer.getBody());
        if (!body.enabled()) {
            return answer;
        }
        StoredDefinition stored = definitions.find(tx, body.id()).orElseThrow();
        return new ResponseEntity<>(
                body.waiting(engine.eventLog().waiting(tx, definitions.compiled(stored))),
                answer.getHeaders(),
                answer.getStatusCode());
    }

    /** 201 with a new version; 200 where the text is that of the newest. */
    @Operation(summary = "Save a definition: a new one, or the next version of its name")
    @Needs("workflow:write")
    @PostMapping
    ResponseEntity<SavedBody> create(Caller caller, @RequestBody DefinitionBody body) {
        Text text = body.read();
        return write(
                caller,
                HttpStatus.CREATED,
                tx -> definitions.save(tx, text.yaml(), text.enabled(), "person", caller.actor()));
    }

    @Operation(summary = "Save the next version of a definition")
    @Needs("workflow:write")
    @PutMapping("/{id}")
    ResponseEntity<SavedBody> replace(
            Caller caller, @PathVariable String id, @RequestBody DefinitionBody body, HttpServletRequest request) {
        return write(caller, HttpStatus.OK, tx -> {
            StoredDefinition current = current(tx, id, request);
            Text text = body.read();
            return definitions.replace(
                    tx,
                    current.id(),
                    text.yaml(),
                    text.enabled(),
                    stored -> Tag.isStale(request, stored),
                    caller.actor());
        });
    }

    @Operation(summary = "Switch a definition on or off")
    @Needs("workflow:write")
    @PatchMapping("/{id}/toggle")
    ResponseEntity<SavedBody> toggle(
            Caller caller,
            @PathVariable String id,
            @RequestBody(required = false) Body<Toggle> body,
            HttpServletRequest request) {
        return write(caller, HttpStatus.OK, tx -> {
            StoredDefinition current = current(tx, id, request);
            return definitions.toggle(
                    tx, current.id(), body.read().enabled(), now -> Tag.isStale(request, now), caller.actor());
        });
    }

    /** All versions of the name; executions that run go on. */
    @Operation(summary = "Delete all versions of a definition; what runs goes on")
    @Needs("workflow:write")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return engine.run(caller.tenant(), tx -> {
            StoredDefinition current = current(tx, id, request);
            answer(
                    caller,
                    definitions.delete(tx, current.id(), stored -> Tag.isStale(request, stored), caller.actor()),
                    HttpStatus.OK);
            return ResponseEntity.noContent().build();
        });
    }

    /**
     * Whoever has an old state is told so before the faults of what he sends. Of two who change the same state at once
     * the second has a tag of before, also where the first one's change is a new version.
     */
    private StoredDefinition current(Tx tx, String id, HttpServletRequest request) {
        StoredDefinition stored = definitions.find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
        if (Tag.isStale(request, stored)) {
            throw Tag.stale();
        }
        return Current.require(tx, definitions, stored);
    }

    private ResponseEntity<SavedBody> answer(Caller caller, Saved saved, HttpStatus whenNew) {
        return switch (saved) {
            case Saved.Done done -> {
                if (done.definition().enabled()) {
                    consent.require(caller, definitions.compiled(done.definition()));
                }
                yield entity(whenNew, done.definition(), done.warnings());
            }
            case Saved.Unchanged same -> entity(HttpStatus.OK, same.definition(), List.of());
            case Saved.Invalid invalid ->
                throw Refusal.invalid(
                        "invalid_definition",
                        invalid.problems().stream()
                                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                                .map(FieldProblem::of)
                                .toList());
            case Saved.NotCurrent other -> throw Current.notCurrent(other.current());
            case Saved.NameChanged changed ->
                throw Refusal.invalid(
                        "name_changed",
                        "name",
                        "Expected the name '" + changed.from() + "' but got '" + changed.to()
                                + "': save it as a workflow of its own, or keep the name.");
            case Saved.Stale stale -> throw Tag.stale();
            case Saved.NeedsSecondPerson second -> throw secondPerson();
            case Saved.NotFound none -> throw Refusal.notFound();
        };
    }

    private static ResponseEntity<SavedBody> entity(
            HttpStatus status, StoredDefinition stored, List<Problem> warnings) {
        return ResponseEntity.status(status)
                .location(URI.create("/api/v1/workflows/" + stored.id()))
                .eTag(Tag.of(stored))
                .body(SavedBody.of(stored, warnings));
    }
}
