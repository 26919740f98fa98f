package dev.millrace.server.workflow;

import dev.millrace.engine.Definitions;
import dev.millrace.engine.Engine;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.DefinitionRows.Which;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading definitions. */
@RestController
@RequestMapping("/api/v1/workflows")
public class DefinitionEndpoint {
    /** Drafts that a company works on at once; of one beyond that its live version does not tell. */
    private static final int DRAFTS_MOST = 1000;

    private final Engine engine;
    private final Definitions definitions;

    public DefinitionEndpoint(Engine engine) {
        this.engine = engine;
        this.definitions = engine.definitions();
    }

    record VersionBody(
            java.util.UUID id,
            int version,
            String status,
            boolean enabled,
            String provenance,
            java.time.Instant createdAt,
            java.time.Instant updatedAt,
            String updatedBy) {
        static VersionBody of(StoredDefinition stored) {
            return new VersionBody(
                    stored.id(),
                    stored.version(),
                    stored.status(),
                    stored.enabled(),
                    stored.provenance(),
                    stored.createdAt(),
                    stored.updatedAt(),
                    stored.updatedBy());
        }
    }

    @Operation(summary = "Definitions, by name")
    @Needs("workflow:read")
    @GetMapping
    Listing<DefinitionItem> list(
            Caller caller, @RequestParam(required = false) @Nullable String status, @ParameterObject Page page) {
        Which which = Filters.oneOf("status", status, Which.class).orElse(Which.CURRENT);
        return engine.run(caller.tenant(), tx -> {
            Optional<StoredDefinition> after = page.after(id -> definitions.find(tx, id));
            Set<String> drafts = definitions.list(tx, Which.DRAFT, Optional.empty(), DRAFTS_MOST).stream()
                    .map(StoredDefinition::name)
                    .collect(Collectors.toSet());
            Map<UUID, Instant> fires = definitions.nextFires(tx);
            return Listing.of(
                    definitions.list(tx, which, after, page.fetch()),
                    page,
                    StoredDefinition::id,
                    stored -> item(tx, stored, Optional.ofNullable(fires.get(stored.id())), drafts));
        });
    }

    private DefinitionItem item(Tx tx, StoredDefinition stored, Optional<Instant> nextFire, Set<String> drafts) {
        var ofName = ExecutionFilter.ofWorkflow(stored.name());
        return DefinitionItem.of(
                stored,
                nextFire,
                engine.executions().list(tx, ofName, Optional.empty(), 1).stream()
                        .findFirst(),
                !stored.isDraft() && drafts.contains(stored.name()));
    }

    @Operation(summary = "A version of a definition: text, parsed, in plain words, as a graph")
    @Needs("workflow:read")
    @GetMapping("/{id}")
    ResponseEntity<DefinitionView> get(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            StoredDefinition stored = definitions.find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            return ResponseEntity.ok()
                    .eTag(Tag.of(stored))
                    .body(DefinitionView.of(
                            stored,
                            definitions.compiled(stored),
                            engine.catalogues().of(tx)));
        });
    }

    /** Every version of the name, newest first. */
    @Operation(summary = "All versions of a definition, newest first")
    @Needs("workflow:read")
    @GetMapping("/{id}/versions")
    Listing<VersionBody> versions(Caller caller, @PathVariable String id) {
        List<StoredDefinition> versions = engine.run(caller.tenant(), tx -> versions(tx, id));
        return new Listing<>(versions.stream().map(VersionBody::of).toList(), Optional.empty());
    }

    /** What changed from one version to another, in words. */
    @Operation(summary = "What differs between two versions")
    @Needs("workflow:read")
    @GetMapping(path = "/{id}/versions", params = "diff")
    VersionDiff diff(
            Caller caller,
            @PathVariable String id,
            @Parameter(description = "two versions, 2..5") @RequestParam String diff) {
        return engine.run(caller.tenant(), tx -> {
            List<StoredDefinition> versions = versions(tx, id);
            return VersionDiff.of(
                    diff, versions, definitions::compiled, engine.catalogues().of(tx));
        });
    }

    private List<StoredDefinition> versions(Tx tx, String id) {
        StoredDefinition stored = definitions.find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
        return definitions.versions(tx, stored.name());
    }
}
