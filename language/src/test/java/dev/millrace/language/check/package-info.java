@NullMarked
package dev.millrace.language.check;

import org.jspecify.annotations.NullMarked;
