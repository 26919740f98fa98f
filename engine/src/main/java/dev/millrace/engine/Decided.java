package dev.millrace.engine;

import dev.millrace.engine.approval.Request;

/** What a person's decision did. */
public sealed interface Decided {
    /** It counts. */
    record Done(Request request) implements Decided {}

    /** Somebody, or the deadline, was first: the request as it is. */
    record TooLate(Request request) implements Decided {}

    /**
     * The member may not decide this.
     *
     * @param code {@code not_asked}, {@code own_request} or {@code excluded}
     */
    record Forbidden(String code, String message) implements Decided {}

    /** A rejection must say why. */
    record CommentRequired() implements Decided {}

    record NotFound() implements Decided {}
}
