/** Files of master data. */
@NullMarked
package dev.millrace.server.imports;

import org.jspecify.annotations.NullMarked;
