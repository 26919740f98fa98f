/** Tests that stand beside a definition: read, run in the simulator, compared. The entry point is in the root package. */
@NullMarked
package dev.millrace.language.testing;

import org.jspecify.annotations.NullMarked;
