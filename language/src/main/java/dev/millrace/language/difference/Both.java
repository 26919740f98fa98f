package dev.millrace.language.difference;

import dev.millrace.language.words.Wording;

/** The words of both versions, and where changes go. */
record Both(Wording before, Wording after, Findings findings) {}
