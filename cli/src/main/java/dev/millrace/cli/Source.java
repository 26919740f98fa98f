package dev.millrace.cli;

import dev.millrace.language.Checker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A text and the name of where it came from.
 *
 * @param text of a longer file than the language takes no more than shows that it is too long
 */
record Source(String name, String text) {
    static final String STANDARD_INPUT = "-";

    /** One more than is allowed: enough for the validator to say so. */
    private static final int MOST = Checker.MAX_BYTES + 1;

    /** @throws OutOfReach it cannot be read, or is no text */
    static Source definition(String file, Terminal terminal) {
        return new Source(file, decoded(file, bytes(file, terminal, MOST)));
    }

    /** @throws OutOfReach it cannot be read, or is no text */
    static Source whole(String file, Terminal terminal) {
        return new Source(file, decoded(file, bytes(file, terminal, Integer.MAX_VALUE - 8)));
    }

    /** @throws OutOfReach it cannot be read */
    static byte[] raw(String file, Terminal terminal) {
        return bytes(file, terminal, Integer.MAX_VALUE - 8);
    }

    private static byte[] bytes(String file, Terminal terminal, int most) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return terminal.in().readNBytes(most);
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new OutOfReach(file + ": expected a file but it is a folder; write " + file.replaceAll("/+$", "")
                        + "/*.yaml.");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return in.readNBytes(most);
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new OutOfReach(file + ": there is no such file.");
        } catch (AccessDeniedException e) {
            throw new OutOfReach(file + ": it may not be read by you.");
        } catch (IOException e) {
            throw new OutOfReach(file + ": it cannot be read: " + e.getMessage());
        }
    }

    private static String decoded(String file, byte[] bytes) {
        if (bytes.length == MOST) {
            // Cut inside a character, perhaps; the length is what will be told.
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new OutOfReach(file + ": expected text in UTF-8 but some of its bytes are not.");
        }
    }
}
