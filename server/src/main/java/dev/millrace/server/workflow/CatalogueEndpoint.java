package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.DefinitionSchemas;
import dev.millrace.language.EventType;
import dev.millrace.language.Shapes;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What definitions of this company may be made of. */
@RestController
@RequestMapping("/api/v1/workflows")
public class CatalogueEndpoint {
    private static final String DIALECT = "draft-2020-12";

    private final Engine engine;

    public CatalogueEndpoint(Engine engine) {
        this.engine = engine;
    }

    /**
     * @param kind {@code local}: exactly once; {@code external}: at least once; {@code waiting}: parks
     * @param places where a definition may name it: {@code step, on_error, on_timeout}
     * @param setsState it changes a document
     */
    record ActionBody(
            String name,
            String module,
            String kind,
            List<String> places,
            String description,
            boolean setsState,
            List<String> failures,
            JsonNode configSchema,
            JsonNode outputSchema) {
        static ActionBody of(ActionType type) {
            return new ActionBody(
                    type.name(),
                    type.module(),
                    word(type.kind()),
                    sorted(type.places().stream().map(CatalogueEndpoint::word).toList()),
                    type.description(),
                    type.setsState(),
                    sorted(type.failures()),
                    Shapes.jsonSchema(type.config()),
                    Shapes.jsonSchema(type.output()));
        }
    }

    record EventBody(String name, String module, String description, JsonNode payloadSchema) {
        static EventBody of(EventType type) {
            return new EventBody(type.name(), type.module(), type.description(), Shapes.jsonSchema(type.payload()));
        }
    }

    @Operation(summary = "Actions that definitions of this company may use")
    @Needs("workflow:read")
    @GetMapping("/actions")
    Listing<ActionBody> actions(Caller caller) {
        return new Listing<>(
                catalogue(caller).actions().values().stream()
                        .sorted(Comparator.comparing(ActionType::name))
                        .map(ActionBody::of)
                        .toList(),
                Optional.empty());
    }

    @Operation(summary = "Events that definitions of this company may start on")
    @Needs("workflow:read")
    @GetMapping("/events")
    Listing<EventBody> events(Caller caller) {
        return new Listing<>(
                catalogue(caller).events().values().stream()
                        .sorted(Comparator.comparing(EventType::name))
                        .map(EventBody::of)
                        .toList(),
                Optional.empty());
    }

    /** All of it as a file, for {@code ./millrace validate --catalogue FILE} where there is no server. */
    @Operation(summary = "The catalogue of this company as a file")
    @Needs("workflow:read")
    @GetMapping("/catalogue")
    JsonNode file(Caller caller) {
        return CatalogueFile.write(catalogue(caller));
    }

    /** The JSON Schema of this company's definitions, for editors. */
    @Operation(summary = "JSON Schema of a definition, for this company")
    @Needs("workflow:read")
    @GetMapping("/schema")
    JsonNode schema(Caller caller, @RequestParam Optional<String> dialect) {
        dialect.filter(name -> !name.equals(DIALECT)).ifPresent(name -> {
            throw Refusal.invalid(
                    "not_one_of",
                    "dialect",
                    "Expected '" + DIALECT + "' at dialect but got '" + name + "': there is no other yet.");
        });
        return DefinitionSchemas.of(catalogue(caller));
    }

    private Catalogue catalogue(Caller caller) {
        return engine.run(caller.tenant(), tx -> engine.catalogues().of(tx));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> sorted(Collection<String> words) {
        return words.stream().sorted().toList();
    }
}
