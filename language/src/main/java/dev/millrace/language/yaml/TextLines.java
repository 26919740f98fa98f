package dev.millrace.language.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/** The text as code points, to find the place of a character inside a scalar. */
public final class TextLines {
    private final int[] points;

    TextLines(String text) {
        points = text.codePoints().toArray();
    }

    /**
     * Walks the written and the read form of a scalar side by side: they differ by escapes, doubled quotes,
     * folded lines and indentation only.
     */
    Mark within(Mark scalar, ScalarStyle style, String read, int offset) {
        var cursor = new Cursor(scalar);
        int indent = cursor.toContent(style);
        int end = Math.min(Math.max(offset, 0), read.length());
        for (int i = 0; i < end && cursor.index < scalar.endIndex(); ) {
            int wanted = read.codePointAt(i);
            if (cursor.step(style, wanted, indent)) {
                i += Character.charCount(wanted);
            }
        }
        return cursor.here();
    }

    /** What is written between two indices. */
    String between(int from, int to) {
        int start = Math.clamp(from, 0, points.length);
        return new String(points, start, Math.clamp(to, start, points.length) - start);
    }

    private final class Cursor {
        private int index;
        private int line;
        private int column;

        Cursor(Mark scalar) {
            index = scalar.index();
            line = scalar.line();
            column = scalar.column();
        }

        /** Moves past the quote or the header of a block; gives the indentation of a block. */
        int toContent(ScalarStyle style) {
            if (style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED) {
                forward();
                return 0;
            }
            if (style != ScalarStyle.LITERAL && style != ScalarStyle.FOLDED) {
                return 0;
            }
            while (index < points.length && points[index] != '\n') {
                forward();
            }
            forward();
            return skipSpaces(Integer.MAX_VALUE);
        }

        /** True: the wanted character of the read form has been passed. */
        boolean step(ScalarStyle style, int wanted, int indent) {
            int written = points[index];
            if (style == ScalarStyle.DOUBLE_QUOTED && written == '\\') {
                return escape();
            }
            if (style == ScalarStyle.SINGLE_QUOTED && written == '\'') {
                forward();
                forward();
                return true;
            }
            if (written == '\n') {
                boolean passed = wanted == '\n' || wanted == ' ';
                forward();
                skipSpaces(indent == 0 ? Integer.MAX_VALUE : indent);
                return passed;
            }
            forward();
            return written == wanted;
        }

        private boolean escape() {
            forward();
            int kind = index < points.length ? points[index] : 0;
            forward();
            if (kind == '\n') {
                skipSpaces(Integer.MAX_VALUE);
                return false;
            }
            int digits = switch (kind) {
                case 'x' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                default -> 0;
            };
            for (int i = 0; i < digits; i++) {
                forward();
            }
            return true;
        }

        private int skipSpaces(int most) {
            int skipped = 0;
            while (skipped < most && index < points.length && (points[index] == ' ' || points[index] == '\t')) {
                forward();
                skipped++;
            }
            return skipped;
        }

        private void forward() {
            if (index >= points.length) {
                return;
            }
            boolean newLine = points[index] == '\n';
            line = newLine ? line + 1 : line;
            column = newLine ? 1 : column + 1;
            index++;
        }

        Mark here() {
            return new Mark(line, column, index, line, column, index);
        }
    }
}
