@NullMarked
package dev.millrace.postgres;

import org.jspecify.annotations.NullMarked;
