package dev.millrace.language.yaml;

/**
 * A stretch of the text. Lines and columns count from 1, indices from 0; all in code points, the end exclusive.
 */
public record Mark(int line, int column, int index, int endLine, int endColumn, int endIndex) {
    /** Where nothing better is known. */
    public static final Mark START = new Mark(1, 1, 0, 1, 1, 0);

    /** From the start of this to the end of the other. */
    public Mark to(Mark end) {
        return new Mark(line, column, index, end.endLine, end.endColumn, end.endIndex);
    }

    /** The same start, nothing after it. */
    public Mark point() {
        return new Mark(line, column, index, line, column, index);
    }
}
