/** The actions {@code core.*}, which every tenant has. */
@NullMarked
package dev.millrace.engine.core;

import org.jspecify.annotations.NullMarked;
