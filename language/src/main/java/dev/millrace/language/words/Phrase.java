package dev.millrace.language.words;

import java.util.List;

/**
 * What an action does, in words.
 *
 * @param words a verb in the third person and what follows: locks the purchase order
 * @param details sentences about what the phrase does not say
 */
public record Phrase(String words, List<Detail> details, Certainty certainty) {
    public Phrase {
        details = List.copyOf(details);
    }

    /** A sentence, and what it lists. */
    public record Detail(String words, List<Detail> inner) {
        public Detail {
            inner = List.copyOf(inner);
        }

        static Detail of(String words) {
            return new Detail(words, List.of());
        }
    }
}
