package dev.millrace.cli;

import dev.millrace.language.Problem;
import java.util.List;

/** Finds the problems of a text, in its order: here, or by asking a server. */
interface Validator {

    /** @throws OutOfReach the server cannot be asked */
    List<Problem> problems(String yaml);
}
