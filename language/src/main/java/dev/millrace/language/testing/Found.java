package dev.millrace.language.testing;

import dev.millrace.language.ProblemCode;
import java.util.Collection;

/** Something that is wrong with a test, or that came out otherwise than it expects. */
public sealed interface Found {
    /** From the root of the document: {@code tests[0].expect.path}. */
    String path();

    /** A whole message, at the value. */
    record Fault(ProblemCode code, String path, String message) implements Found {}

    /**
     * A name that is none of the known ones.
     *
     * @param what was expected: "the id of a step"
     * @param atKey the name is the key at the end of the path, not the value
     */
    record Unknown(ProblemCode code, String path, String what, String name, Collection<String> known, boolean atKey)
            implements Found {}
}
