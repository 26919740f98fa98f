package dev.millrace.cli;

/** How a command ends. */
final class Status {
    static final int DONE = 0;

    /** The thing asked about is not so: a definition is invalid. */
    static final int NOT_SO = 1;

    static final int WRONG_USAGE = 2;

    /** A file or a server could not be reached. */
    static final int OUT_OF_REACH = 3;

    private Status() {}
}
