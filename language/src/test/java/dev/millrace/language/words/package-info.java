@NullMarked
package dev.millrace.language.words;

import org.jspecify.annotations.NullMarked;
