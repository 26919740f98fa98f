/** Tests of imports. */
@NullMarked
package dev.millrace.server.imports;

import org.jspecify.annotations.NullMarked;
