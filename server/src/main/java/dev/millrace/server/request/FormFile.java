package dev.millrace.server.request;

import dev.millrace.server.problem.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.UploadContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads the one file of a form, as a browser sends it, or {@code curl -F file=@suppliers.csv} (RFC 7578). */
final class FormFile {
    /** The only part that there is to be. */
    private static final String PART = "file";

    private FormFile() {}

    /** A body that was read already: a key of a write wants it whole, before anybody looks at it. */
    private static final class Form implements UploadContext {
        private final byte[] body;
        private final MediaType type;

        Form(byte[] body, MediaType type) {
            this.body = body;
            this.type = type;
        }

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return type.toString();
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long contentLength() {
            return body.length;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(body);
        }
    }

    /**
     * @param form its type, with the boundary
     * @throws Refusal 400 for what is no form, 422 for one that has not exactly one part, the file
     */
    static Upload of(byte[] body, MediaType form) {
        try {
            return only(new FileUpload().getItemIterator(new Form(body, form)));
        } catch (FileUploadException | IOException | InvalidMediaTypeException e) {
            throw Refusal.of(
                    HttpStatus.BAD_REQUEST,
                    "malformed_form",
                    "Expected a form with a file, but it could not be read: " + e.getMessage() + ".");
        }
    }

    private static Upload only(FileItemIterator parts) throws FileUploadException, IOException {
        if (!parts.hasNext()) {
            throw missing("the form has no part with a name");
        }
        FileItemStream part = parts.next();
        if (!PART.equals(part.getFieldName())) {
            throw missing("the form begins with the part '" + part.getFieldName() + "'");
        }
        Optional<MediaType> type = Optional.ofNullable(part.getContentType()).map(MediaType::parseMediaType);
        Optional<String> name = Optional.ofNullable(part.getName()).map(FormFile::last);
        byte[] bytes;
        try (InputStream content = part.openStream()) {
            bytes = content.readAllBytes();
        }
        if (parts.hasNext()) {
            throw Refusal.invalid(
                    "unknown_field",
                    PART,
                    "Expected one file, as the only part of the form, but got more: send one at a time");
        }
        return new Upload(bytes, type, name);
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static Refusal missing(String but) {
        return Refusal.invalid("required", PART, "Expected a file in the part file, but " + but);
    }
}
