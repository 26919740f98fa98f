package dev.millrace.server.imports;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Erp;
import dev.millrace.erp.ImportJob;
import dev.millrace.erp.ImportKind;
import dev.millrace.erp.ImportStart;
import dev.millrace.erp.Imports;
import dev.millrace.erp.NewImport;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.request.Upload;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files of suppliers, customers, items and opening stock: sent in, and done soon after by a node with workers. */
@RestController
@RequestMapping("/api/v1/imports")
public class ImportEndpoint {
    private static final int FAULTS_SHOWN = 100;
    private static final int NAME_MOST = 200;

    private final Engine engine;
    private final Imports imports;

    public ImportEndpoint(Engine engine, Erp erp) {
        this.engine = engine;
        this.imports = erp.imports();
    }

    @Operation(
            summary = "Import a file of suppliers, customers, items or opening-stock; its progress is at the Location")
    @Needs({"erp:write:procurement", "erp:write:sales", "erp:write:inventory"})
    @PostMapping("/{kind}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ImportBody> start(
            Caller caller,
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable String mode,
            @RequestParam(name = "dry_run", required = false) @Nullable String dryRun,
            @RequestParam(name = "file_name", required = false) @Nullable String fileName,
            @RequestBody(
                            content = {
                                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                                @Content(
                                        mediaType = "multipart/form-data",
                                        schema = @Schema(type = "object", requiredProperties = "file"),
                                        schemaProperties =
                                                @SchemaProperty(
                                                        name = "file",
                                                        schema = @Schema(type = "string", format = "binary")))
                            })
                    Upload upload) {
        ImportKind wanted = ImportKind.ofPath(kind).orElseThrow(Refusal::notFound);
        caller.require(permission(wanted));
        Upload file = upload.file();
        byte[] content = file.csv();
        var what = new NewImport(
                wanted,
                name(Optional.ofNullable(fileName).or(file::name), kind),
                Filters.oneOf("mode", mode, ImportJob.Mode.class).orElse(ImportJob.Mode.ALL_OR_NOTHING),
                Filters.flag("dry_run", dryRun, false));
        ImportBody started = engine.run(caller.tenant(), tx -> switch (imports.start(
                tx, what, content, caller.member())) {
            case ImportStart.Started done -> ImportBody.of(done.job(), List.of());
            case ImportStart.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        });
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/imports/" + started.id()))
                .body(started);
    }

    private static String name(Optional<String> given, String kind) {
        return given.flatMap(name -> Filters.text("file_name", name))
                .map(name -> name.substring(0, Math.min(NAME_MOST, name.length())))
                .orElse(kind + ".csv");
    }

    private static String permission(ImportKind kind) {
        // A supplier out of a file is active at once, past whatever workflow asks about new ones.
        return kind == ImportKind.SUPPLIERS ? "admin" : "erp:write:" + kind.module();
    }

    @Operation(summary = "Imports of what I may write, newest first")
    @Needs({"erp:write:procurement", "erp:write:sales", "erp:write:inventory"})
    @GetMapping
    Listing<ImportBody> list(Caller caller, @ParameterObject Page page) {
        List<ImportKind> mine = Arrays.stream(ImportKind.values())
                .filter(kind -> caller.may(permission(kind)))
                .toList();
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> visible(tx, caller, id)).map(ImportJob::id);
            return Listing.of(imports.list(tx, mine, before, page.fetch()), page, ImportJob::id, ImportBody::listed);
        });
    }

    @Operation(summary = "How far an import is, and what is wrong with its rows")
    @Needs({"erp:write:procurement", "erp:write:sales", "erp:write:inventory"})
    @GetMapping("/{id}")
    ImportBody get(Caller caller, @PathVariable String id) {
        UUID wanted = Filters.id(id);
        return engine.run(caller.tenant(), tx -> {
            ImportJob job = visible(tx, caller, wanted).orElseThrow(Refusal::notFound);
            return ImportBody.of(job, imports.faults(tx, wanted, 0, FAULTS_SHOWN));
        });
    }

    /** What a page shows, and where in the list it stands. */
    private record Numbered(int number, ImportJob.Fault fault) {}

    @Operation(summary = "What is wrong with the rows of an import, in their order; the first thousand are kept")
    @Needs({"erp:write:procurement", "erp:write:sales", "erp:write:inventory"})
    @GetMapping("/{id}/errors")
    Listing<ImportJob.Fault> errors(Caller caller, @PathVariable String id, @ParameterObject Page page) {
        UUID wanted = Filters.id(id);
        int after = Math.toIntExact(
                page.afterNumber().filter(n -> n >= 0 && n <= Integer.MAX_VALUE).orElse(0L));
        return engine.run(caller.tenant(), tx -> {
            Refusal.requireFound(visible(tx, caller, wanted));
            List<ImportJob.Fault> faults = imports.faults(tx, wanted, after, page.fetch());
            List<Numbered> numbered = IntStream.range(0, faults.size())
                    .mapToObj(i -> new Numbered(after + i + 1, faults.get(i)))
                    .toList();
            return Listing.of(numbered, page, Numbered::number, Numbered::fault);
        });
    }

    private Optional<ImportJob> visible(Tx tx, Caller caller, UUID id) {
        return imports.find(tx, id).filter(job -> caller.may(permission(job.kind())));
    }
}
