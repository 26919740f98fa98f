@NullMarked
package dev.millrace.language.schedule;

import org.jspecify.annotations.NullMarked;
