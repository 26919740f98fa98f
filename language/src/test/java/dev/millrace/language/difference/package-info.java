@NullMarked
package dev.millrace.language.difference;

import org.jspecify.annotations.NullMarked;
