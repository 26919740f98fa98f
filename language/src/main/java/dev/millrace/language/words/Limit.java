package dev.millrace.language.words;

/**
 * A number with which two versions of a condition compare.
 *
 * @param before the earlier number, in words
 * @param raised the later one is larger
 * @param fewer the later condition holds less often
 */
public record Limit(String before, String after, boolean raised, boolean fewer) {}
