package dev.millrace.language.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** "Did you mean": the nearest of the words that would have been right. */
public final class Suggestion {
    /** Nobody mistypes a longer word than this; bounds the time. */
    private static final int MAX_LENGTH = 100;

    private Suggestion() {}

    /** First a word that differs in case only, then a dotted name by its end, then the one with fewest typing errors. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        if (word.isBlank() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String given = word.strip();
        return first(candidates, c -> c.equalsIgnoreCase(given))
                .or(() -> first(candidates, c -> c.endsWith("." + given)))
                .or(() -> closest(given, candidates));
    }

    private static Optional<String> first(Collection<String> candidates, java.util.function.Predicate<String> fits) {
        return candidates.stream().filter(fits).sorted().findFirst();
    }

    private static Optional<String> closest(String word, Collection<String> candidates) {
        int allowed = allowed(word.length());
        return candidates.stream()
                .filter(c -> Math.abs(c.length() - word.length()) <= allowed)
                .flatMap(c -> scored(word, c, allowed))
                .min(Comparator.comparingInt(Scored::distance).thenComparing(Scored::word))
                .map(Scored::word);
    }

    private static Stream<Scored> scored(String word, String candidate, int allowed) {
        int distance = distance(word, candidate);
        return distance <= allowed && distance < candidate.length()
                ? Stream.of(new Scored(candidate, distance))
                : Stream.empty();
    }

    private static int allowed(int length) {
        return length <= 3 ? 1 : length <= 7 ? 2 : Math.min(4, length / 3);
    }

    private record Scored(String word, int distance) {}

    /** Damerau-Levenshtein (optimal string alignment): insert, delete, replace, swap neighbours; case does not count. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                d[i][j] = cell(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cell(int[][] d, String a, String b, int i, int j) {
        int cost = same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        boolean swapped =
                i > 1 && j > 1 && same(a.charAt(i - 1), b.charAt(j - 2)) && same(a.charAt(i - 2), b.charAt(j - 1));
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
