package dev.millrace.erp.webhook;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.language.Fitted.Misfit;
import dev.millrace.language.JsonSchemas;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What an answer has to be. */
final class ResponseBody {
    /** Longest text that is no JSON, in bytes. */
    static final int TEXT_MOST = 64 * 1024;

    private static final int MISFITS_SHOWN = 3;

    private final Optional<ObjectNode> schema;

    private ResponseBody(Optional<ObjectNode> schema) {
        this.schema = schema;
    }

    /**
     * @throws ActionFailure {@code response_invalid}: the schema itself cannot be used; nothing was sent yet
     */
    static ResponseBody of(Optional<Map<String, JsonNode>> given) {
        Optional<ObjectNode> schema = given.map(fields -> Json.object().setAll(fields));
        schema.flatMap(JsonSchemas::fault).ifPresent(fault -> {
            throw ActionFailure.permanent(
                    "response_invalid", "Expected a JSON Schema at response_schema, but it cannot be used: " + fault);
        });
        return new ResponseBody(schema);
    }

    /**
     * @throws ActionFailure {@code response_invalid}
     */
    Optional<JsonNode> read(Answer answer) {
        Optional<JsonNode> body = answer.body().length == 0 ? Optional.empty() : Optional.of(parse(answer));
        schema.ifPresent(wanted -> {
            List<Misfit> misfits = JsonSchemas.misfits(wanted, body.orElse(NullNode.getInstance()));
            if (!misfits.isEmpty()) {
                throw invalid("its answer does not fit response_schema: "
                        + misfits.stream()
                                .limit(MISFITS_SHOWN)
                                .map(misfit -> misfit.path() + ": " + misfit.message())
                                .collect(Collectors.joining("; ")));
            }
        });
        return body;
    }

    private static JsonNode parse(Answer answer) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
            if (answer.contentType().toLowerCase(Locale.ROOT).matches("application/([a-z0-9.+-]+\\+)?json\\b.*")) {
                return Json.read(text);
            }
            if (answer.body().length > TEXT_MOST) {
                throw invalid("its answer is no JSON and longer than " + TEXT_MOST + " bytes");
            }
            return StringNode.valueOf(text.replace("\0", ""));
        } catch (CharacterCodingException e) {
            throw invalid("its answer is not text in UTF-8");
        } catch (JacksonException e) {
            throw invalid("its answer says that it is JSON but cannot be read as such");
        }
    }

    private static ActionFailure invalid(String what) {
        return ActionFailure.permanent("response_invalid", "The other side was called, but " + what);
    }
}
