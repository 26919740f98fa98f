@NullMarked
package dev.millrace.language.reading;

import org.jspecify.annotations.NullMarked;
