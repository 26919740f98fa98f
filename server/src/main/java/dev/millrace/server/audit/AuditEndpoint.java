package dev.millrace.server.audit;

import dev.millrace.engine.ChainHead;
import dev.millrace.engine.Engine;
import dev.millrace.engine.SealedEntry;
import dev.millrace.engine.journal.ChainVerifier.Broken;
import dev.millrace.engine.journal.ChainVerifier.Verified;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.journal.JournalRows.Filter;
import dev.millrace.engine.journal.JournalRows.Stored;
import dev.millrace.erp.Erp;
import dev.millrace.server.Settings;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.JsonBody;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import dev.millrace.server.security.SigningKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journal: what was done, by whom, and whether somebody changed the record of it. */
@RestController
@RequestMapping("/api/v1/audit-logs")
public class AuditEndpoint {
    private static final int EXPORT_PAGE = 1000;

    private final Engine engine;
    private final Erp erp;
    private final Settings settings;
    private final Clock clock;
    private final JsonMapper json;

    public AuditEndpoint(Engine engine, Erp erp, Settings settings, Clock clock, JsonMapper json) {
        this.engine = engine;
        this.erp = erp;
        this.settings = settings;
        this.clock = clock;
        this.json = json;
    }

    /**
     * @param seq its number in the company's chain
     */
    record EntryBody(
            Optional<Long> seq,
            Instant at,
            String type,
            ActorBody actor,
            String resourceType,
            String resourceId,
            Optional<UUID> executionId,
            Optional<String> stepId,
            Optional<UUID> workflowId,
            Optional<String> workflowName,
            Optional<Integer> version,
            Optional<String> before,
            Optional<String> after,
            Optional<String> comment,
            Optional<String> traceId) {
        static EntryBody of(Stored entry) {
            return new EntryBody(
                    entry.seq(),
                    entry.at(),
                    entry.type(),
                    new ActorBody(
                            entry.actor().kind(),
                            entry.actor().id(),
                            entry.actor().name()),
                    entry.resourceType(),
                    entry.resourceId(),
                    entry.executionId(),
                    entry.stepId(),
                    entry.definitionId(),
                    entry.workflowName(),
                    entry.version(),
                    entry.before(),
                    entry.after(),
                    entry.comment(),
                    entry.traceId());
        }
    }

    record ActorBody(String kind, Optional<String> id, String name) {}

    record Verification(boolean ok, long entries, long sealed, long unsealed, Optional<Broken> firstBroken) {}

    @Operation(summary = "Entries of the journal")
    @Needs("audit:read")
    @GetMapping
    Listing<EntryBody> list(
            Caller caller,
            @RequestParam(name = "resource_type", required = false) @Nullable String resourceType,
            @RequestParam(name = "resource_id", required = false) @Nullable String resourceId,
            @ParameterObject Page page) {
        var filter = new Filter(
                Filters.text("resource_type", resourceType),
                Filters.text("resource_id", resourceId),
                page.afterNumber());
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        engine.journal().list(tx, filter, page.fetch()),
                        page,
                        entry -> entry.seq().orElse(0L),
                        EntryBody::of));
    }

    /** Against the head of an earlier moment, if both {@code seq} and {@code hash} are given. */
    @Operation(summary = "Verify the chain of the journal")
    @Needs("audit:read")
    @GetMapping("/verify")
    Verification verify(
            Caller caller,
            @RequestParam(required = false) @Nullable String seq,
            @RequestParam(required = false) @Nullable String hash) {
        return seq == null && hash == null
                ? verification(
                        engine.run(caller.tenant(), tx -> engine.journal().verify(tx)))
                : verify(caller, head(String.valueOf(seq), String.valueOf(hash)));
    }

    /** Against a file of heads that was exported earlier. */
    @Operation(summary = "Verify the chain against a head that was kept elsewhere")
    @Needs("audit:read")
    @PostMapping("/verify")
    Verification verifyAgainst(Caller caller, @RequestBody JsonBody body) {
        return switch (SignedHeads.read(body.read(), SigningKey.ofHeads(settings.home()))) {
            case SignedHeads.Read.Bad bad -> throw Refusal.invalid("heads_invalid", "", bad.reason());
            case SignedHeads.Read.Good good -> {
                if (!good.own()) {
                    throw Refusal.invalid(
                            "heads_invalid",
                            "key",
                            "The heads were signed by another key than this server's: ask the server that signed them.");
                }
                yield verify(
                        caller,
                        good.heads().stream()
                                .filter(head -> head.tenant().equals(caller.tenant()))
                                .findFirst()
                                .map(SignedHeads.Head::head)
                                .orElseThrow(() -> Refusal.invalid(
                                        "heads_invalid", "heads", "The file has no head of this company.")));
            }
        };
    }

    private Verification verify(Caller caller, ChainHead head) {
        return verification(engine.run(caller.tenant(), tx -> engine.journal().verify(tx, head)));
    }

    private static Verification verification(Verified found) {
        return new Verification(found.ok(), found.entries(), found.sealed(), found.unsealed(), found.firstBroken());
    }

    private static ChainHead head(String seq, String hash) {
        if (!seq.matches("\\d{1,18}")) {
            throw Refusal.invalid(
                    "out_of_range", "seq", "Expected seq to be the number of a seal but got '" + seq + "'");
        }
        if (!hash.matches("([0-9a-f]{64})?")) {
            throw Refusal.invalid(
                    "not_one_of", "hash", "Expected hash to be 64 hexadecimal digits, with the seq it is of");
        }
        return new ChainHead(Long.parseLong(seq), hash);
    }

    /** The end of the chain now, signed: to be kept where who owns the database cannot write. */
    @Operation(summary = "The signed head of the chain, to keep elsewhere")
    @Needs("audit:read")
    @GetMapping("/heads")
    JsonNode heads(Caller caller) {
        SignedHeads.Head head = engine.run(
                caller.tenant(),
                tx -> new SignedHeads.Head(
                        caller.tenant(),
                        erp.directory().tenant(tx).slug(),
                        engine.journal().head(tx)));
        return SignedHeads.write(SigningKey.ofHeads(settings.home()), clock.instant(), List.of(head));
    }

    /** All sealed entries in their order, one JSON object a line. */
    @Operation(
            summary = "The whole journal, an entry a line",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "the entries",
                            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))))
    @Needs("audit:read")
    @GetMapping(path = "/export", produces = "application/x-ndjson")
    void export(Caller caller, HttpServletResponse response) throws IOException {
        long end = engine.run(caller.tenant(), tx -> {
            engine.journal()
                    .write(
                            tx,
                            new Entry(
                                    "journal.exported",
                                    caller.actor(),
                                    "journal",
                                    caller.tenant().toString(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
            return engine.journal().head(tx).seq();
        });
        response.setContentType("application/x-ndjson");
        response.setHeader("Content-Disposition", "attachment; filename=\"journal.jsonl\"");
        var out = response.getOutputStream();
        long after = 0;
        while (after < end) {
            long from = after;
            List<SealedEntry> page =
                    engine.run(caller.tenant(), tx -> engine.journal().read(tx, from, EXPORT_PAGE));
            if (page.isEmpty()) {
                return;
            }
            for (SealedEntry entry : page) {
                out.write(
                        (json.writeValueAsString(EntryBody.of(entry.entry())) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            after = page.getLast().seq();
        }
    }
}
