package dev.millrace.engine;

import dev.millrace.engine.approval.Request;

/** What handing a request over did. */
public sealed interface Reassigned {
    /** Others are asked now. */
    record Done(Request request) implements Reassigned {}

    /**
     * It is not this member's to hand over, or over.
     *
     * @param why {@link Decided.NotFound}, {@link Decided.Forbidden} or {@link Decided.TooLate}
     */
    record Refused(Decided why) implements Reassigned {}

    /** There is no such role or active member. */
    record UnknownTarget(String to) implements Reassigned {}

    /** There is nobody there who may decide it: no member, or only who asks for it, is left out or has decided. */
    record NobodyThere(String to) implements Reassigned {}
}
