package dev.millrace.language;

import dev.millrace.language.edit.Editing;
import java.util.List;

/**
 * Changes the text of a definition at the place, and leaves everything else as it is, byte for byte: comments, order,
 * blank lines, line endings, quotes. What is new is written in the style of what is around it.
 */
public final class Edits {
    private Edits() {}

    /**
     * Makes all edits, one after the other, or none. Never throws, whatever the text. Each result is read again and
     * compared with what the edit means; a text that would say anything else is refused.
     *
     * @param catalogue tells which fields of a config are expressions; used by {@link Edit.RenameStep} only
     */
    public static Edited apply(String yaml, Catalogue catalogue, List<Edit> edits) {
        return Editing.apply(yaml, catalogue.actions(), edits);
    }

    /** As the other, for one edit or few. */
    public static Edited apply(String yaml, Catalogue catalogue, Edit... edits) {
        return apply(yaml, catalogue, List.of(edits));
    }
}
