/** The picture of a definition: {@link dev.millrace.language.Graph}. */
@NullMarked
package dev.millrace.language.graph;

import org.jspecify.annotations.NullMarked;
