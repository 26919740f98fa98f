package dev.millrace.server.request;

import dev.millrace.engine.action.Describe;
import dev.millrace.language.Checker;
import dev.millrace.server.problem.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A body that brings the text of a definition: as YAML, or as JSON with the YAML in a field. */
public final class DefinitionBody {
    /** Longest body of any request: in JSON every byte of the text may take six. */
    public static final int BYTES_MOST = 6 * Checker.MAX_BYTES + 1024;

    private final byte[] bytes;
    private final boolean yaml;

    DefinitionBody(byte[] bytes, boolean yaml) {
        this.bytes = bytes.clone();
        this.yaml = yaml;
    }

    /**
     * @param yaml the text
     * @param enabled switched on at once; absent: as the text says, else as the version before it was
     */
    public record Text(
            @Describe("the definition's text") String yaml,
            @Describe("switch it on at once") Optional<Boolean> enabled) {}

    /**
     * @throws Refusal 413 beyond 256 KiB of text, 400 or 422 for JSON that is not what it should be
     */
    public Text read() {
        Text text = yaml ? new Text(decoded(), Optional.empty()) : Body.bind(JsonInput.read(bytes), Text.class);
        if (text.yaml().getBytes(StandardCharsets.UTF_8).length > Checker.MAX_BYTES) {
            throw Refusal.tooLarge(Checker.MAX_BYTES);
        }
        return text;
    }

    private String decoded() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("invalid_character", "", "Expected text in UTF-8 but some of its bytes are not.");
        }
    }
}
