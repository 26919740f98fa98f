package dev.millrace.erp.webhook;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one answer of HTTP/1.1 (RFC 9112) off a connection that ends with it. */
final class AnswerReader {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final int LINE_BYTES_MOST = 8 * 1024;
    private static final int HEADERS_MOST = 100;

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final InputStream in;
    private final int bodyMost;

    /** The other side does not keep to HTTP, or to the limits. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /**
     * @param bodyMost longest body, in bytes
     */
    AnswerReader(InputStream in, int bodyMost) {
        this.in = in;
        this.bodyMost = bodyMost;
    }

    /**
     * @throws Unreadable see there
     */
    Answer read() throws IOException {
        int status = status();
        Map<String, String> headers = headers();
        // 100 Continue and the like come before the answer.
        for (int informational = 0; status < OK; informational++) {
            if (informational == HEADERS_MOST) {
                throw new Unreadable("it only gave preliminary answers");
            }
            status = status();
            headers = headers();
        }
        byte[] body = status == NO_CONTENT || status == NOT_MODIFIED ? new byte[0] : body(headers);
        return new Answer(status, headers.getOrDefault("content-type", ""), body);
    }

    private int status() throws IOException {
        Matcher line = STATUS.matcher(line());
        if (!line.matches()) {
            throw new Unreadable("it did not answer by HTTP");
        }
        return Integer.parseInt(line.group(1));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (int count = 0; ; count++) {
            String line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || count == HEADERS_MOST) {
                throw new Unreadable("its headers could not be read");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
        if (coding.equals("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (!coding.isEmpty() || (length != null && !length.matches("[0-9]{1,10}"))) {
            throw new Unreadable("the length of its answer could not be read");
        }
        var body = new ByteArrayOutputStream();
        take(body, length == null ? Long.MAX_VALUE : Long.parseLong(length), length != null);
        return body.toByteArray();
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String size = line().replaceAll("[; \\t].*", "");
            if (!size.matches("[0-9A-Fa-f]{1,8}")) {
                throw new Unreadable("the parts of its answer could not be read");
            }
            long bytes = Long.parseLong(size, 16);
            if (bytes == 0) {
                return body.toByteArray();
            }
            take(body, bytes, true);
            if (!line().isEmpty()) {
                throw new Unreadable("the parts of its answer could not be read");
            }
        }
    }

    /**
     * @param all false: there may be fewer bytes
     */
    private void take(ByteArrayOutputStream body, long bytes, boolean all) throws IOException {
        var buffer = new byte[8 * 1024];
        long left = bytes;
        while (left > 0) {
            int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0 && all) {
                throw new EOFException("the connection ended in the middle of the answer");
            }
            if (got < 0) {
                return;
            }
            body.write(buffer, 0, got);
            left -= got;
            if (body.size() > bodyMost) {
                throw new Unreadable("its answer is longer than " + bodyMost + " bytes");
            }
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended before the answer");
            }
            if (line.size() == LINE_BYTES_MOST) {
                throw new Unreadable("a line of its answer is longer than " + LINE_BYTES_MOST + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
