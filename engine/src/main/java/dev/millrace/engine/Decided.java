package dev.millrace.engine;

import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Vote;
import java.util.List;

/** What a person's decision did. */
public sealed interface Decided {
    /** It counts, and the request is over. */
    record Done(Request request) implements Decided {}

    /** It counts, and others must approve as well. */
    record Counted(Request request, int approvals) implements Decided {}

    /** Somebody, or the deadline, was first: the request as it is; pending still, if nobody has looked since. */
    record TooLate(Request request) implements Decided {}

    /** This person has decided this request before, or somebody in the same place. */
    record AlreadyVoted(Request request, Vote vote) implements Decided {}

    /** The document is not the one that was shown. */
    record DocumentChanged(Request request, List<FieldChange> changes) implements Decided {
        public DocumentChanged {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The member may not decide this.
     *
     * @param code {@code not_asked}, {@code own_request}, {@code excluded} or {@code same_person_twice}
     */
    record Forbidden(String code, String message) implements Decided {}

    /** A decision of this kind must say why. */
    record CommentRequired() implements Decided {}

    /** It is about no document, so there is nothing to send back. */
    record NothingToReturn() implements Decided {}

    record NotFound() implements Decided {}
}
