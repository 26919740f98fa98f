package dev.millrace.erp.webhook;

/** What the other side answered, complete. */
final class Answer {
    private final int status;
    private final String contentType;
    private final byte[] body;

    /**
     * @param contentType empty where it said none
     */
    Answer(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body.clone();
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body.clone();
    }
}
