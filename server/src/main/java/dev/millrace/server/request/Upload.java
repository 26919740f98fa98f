package dev.millrace.server.request;

import dev.millrace.server.problem.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** A file as the body of a request, not looked at yet; see {@link Body} for why. */
public final class Upload {
    /** Longest file, in bytes. */
    public static final int BYTES_MOST = 10 * 1024 * 1024;

    /** Longest body, in bytes: the longest file, and what a form puts around it. */
    public static final int BODY_MOST = BYTES_MOST + 64 * 1024;

    /** What browsers call a file of comma-separated values. */
    private static final Set<String> CSV =
            Set.of("text/csv", "application/csv", "application/vnd.ms-excel", "text/plain", "application/octet-stream");

    private final byte[] bytes;
    private final Optional<MediaType> type;
    private final Optional<String> name;

    Upload(byte[] bytes, Optional<MediaType> type, Optional<String> name) {
        this.bytes = bytes;
        this.type = type;
        this.name = name;
    }

    /**
     * @throws Refusal 413
     */
    static Upload read(InputStream body, Optional<MediaType> type) throws IOException {
        int most = type.filter(Upload::isForm).isPresent() ? BODY_MOST : BYTES_MOST;
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw Refusal.tooLarge(BYTES_MOST);
        }
        return new Upload(bytes, type, Optional.empty());
    }

    private static boolean isForm(MediaType type) {
        return type.equalsTypeAndSubtype(MediaType.MULTIPART_FORM_DATA);
    }

    /**
     * The file that is the part {@code file} of a form; this one where the body is no form.
     *
     * @throws Refusal 400, 413 or 422 for a form that is not as it should be
     */
    public Upload file() {
        Optional<Upload> part = type.filter(Upload::isForm).map(form -> FormFile.of(bytes, form));
        part.filter(file -> file.bytes.length > BYTES_MOST).ifPresent(file -> {
            throw Refusal.tooLarge(BYTES_MOST);
        });
        return part.orElse(this);
    }

    /** What the sender calls it, without folders, where a form says so. */
    public Optional<String> name() {
        return name;
    }

    /**
     * The text of a file that is to be JSON.
     *
     * @throws Refusal 415 for another type, 422 for bytes that are not UTF-8
     */
    public String json() {
        type.filter(given -> !given.equalsTypeAndSubtype(MediaType.APPLICATION_JSON))
                .ifPresent(given -> {
                    throw unsupported("application/json", given);
                });
        return text();
    }

    /**
     * The bytes of a file of comma-separated values.
     *
     * @throws Refusal 415 for another type
     */
    public byte[] csv() {
        type.filter(given -> !CSV.contains(given.getType() + "/" + given.getSubtype()))
                .ifPresent(given -> {
                    throw unsupported("text/csv", given);
                });
        return bytes.clone();
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("invalid_character", "", "Expected text in UTF-8 but some of its bytes are not.");
        }
    }

    private static Refusal unsupported(String expected, MediaType got) {
        return Refusal.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Expected a file of type " + expected + " but got '" + got + "'.");
    }
}
