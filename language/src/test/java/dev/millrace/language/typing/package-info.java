@NullMarked
package dev.millrace.language.typing;

import org.jspecify.annotations.NullMarked;
