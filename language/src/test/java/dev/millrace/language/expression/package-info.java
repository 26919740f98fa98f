@NullMarked
package dev.millrace.language.expression;

import org.jspecify.annotations.NullMarked;
