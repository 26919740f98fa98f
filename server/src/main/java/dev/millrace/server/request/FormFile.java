package dev.millrace.server.request;

import dev.millrace.server.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads the one file of a form, as a browser sends it, or {@code curl -F file=@suppliers.csv} (RFC 7578). */
final class FormFile {
    /** The only part that there is to be. */
    private static final String PART = "file";

    private static final int BOUNDARY_MOST = 70;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final byte[] LAST = {'-', '-'};

    private FormFile() {}

    /**
     * @param form its type, with the boundary
     * @throws Refusal 400 for what is no form, 422 for one that has not exactly one part, the file
     */
    static Upload of(byte[] body, MediaType form) {
        byte[] delimiter = ("\r\n--" + boundary(form)).getBytes(StandardCharsets.ISO_8859_1);
        int start = firstPart(body, delimiter);
        if (isLast(body, start)) {
            throw missing("the form has no part at all");
        }
        int headers = endOfLine(body, start);
        int content = indexOf(body, HEADERS_END, headers - LINE_END.length) + HEADERS_END.length;
        int end = content < headers ? -1 : indexOf(body, delimiter, content - LINE_END.length);
        if (end < 0) {
            throw malformed("it ends within a part");
        }
        String head = new String(
                body, headers, content - HEADERS_END.length - headers + LINE_END.length, StandardCharsets.UTF_8);
        ContentDisposition disposition = disposition(head);
        if (!PART.equals(disposition.getName())) {
            throw missing("the form begins with the part '" + disposition.getName() + "'");
        }
        int next = end + delimiter.length;
        if (!isLast(body, next)) {
            endOfLine(body, next);
            throw Refusal.invalid(
                    "unknown_field",
                    PART,
                    "Expected one file, as the only part of the form, but got more: send one at a time");
        }
        byte[] file = Arrays.copyOfRange(body, content, Math.max(content, end));
        return new Upload(
                file, type(head), Optional.ofNullable(disposition.getFilename()).map(FormFile::last));
    }

    private static String boundary(MediaType form) {
        String given = Optional.ofNullable(form.getParameter("boundary")).orElse("");
        String plain = given.length() > 1 && given.startsWith("\"") && given.endsWith("\"")
                ? given.substring(1, given.length() - 1)
                : given;
        if (plain.isEmpty() || plain.length() > BOUNDARY_MOST) {
            throw malformed("its type names no boundary");
        }
        return plain;
    }

    /** Behind the first delimiter, which may stand at the very beginning. */
    private static int firstPart(byte[] body, byte[] delimiter) {
        byte[] first = Arrays.copyOfRange(delimiter, LINE_END.length, delimiter.length);
        if (startsWith(body, first, 0)) {
            return first.length;
        }
        int at = indexOf(body, delimiter, 0);
        if (at < 0) {
            throw malformed("the boundary that its type names is not in it");
        }
        return at + delimiter.length;
    }

    private static boolean isLast(byte[] body, int behindDelimiter) {
        return startsWith(body, LAST, behindDelimiter);
    }

    /** A delimiter's line may end with blanks. */
    private static int endOfLine(byte[] body, int behindDelimiter) {
        int at = behindDelimiter;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (!startsWith(body, LINE_END, at)) {
            throw malformed("a boundary is not followed by a new line");
        }
        return at + LINE_END.length;
    }

    private static ContentDisposition disposition(String head) {
        try {
            return header(head, "content-disposition")
                    .map(ContentDisposition::parse)
                    .orElseThrow(() -> malformed("a part has no name"));
        } catch (IllegalArgumentException e) {
            throw malformed("the name of a part is not written as it should be");
        }
    }

    private static Optional<MediaType> type(String head) {
        try {
            return header(head, "content-type").map(MediaType::parseMediaType);
        } catch (InvalidMediaTypeException e) {
            throw malformed("the type of the file is not written as it should be");
        }
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static boolean startsWith(byte[] body, byte[] wanted, int at) {
        return at + wanted.length <= body.length
                && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int at = from; at + wanted.length <= body.length; at++) {
            if (body[at] == wanted[0] && startsWith(body, wanted, at)) {
                return at;
            }
        }
        return -1;
    }

    private static Refusal missing(String but) {
        return Refusal.invalid("required", PART, "Expected a file in the part file, but " + but);
    }

    private static Refusal malformed(String reason) {
        return Refusal.of(
                HttpStatus.BAD_REQUEST,
                "malformed_form",
                "Expected a form with a file, but it could not be read: " + reason + ".");
    }
}
