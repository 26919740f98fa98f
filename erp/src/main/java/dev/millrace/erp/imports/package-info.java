/** Files of master data: read, checked row by row, and written by the services of the modules. */
@NullMarked
package dev.millrace.erp.imports;

import org.jspecify.annotations.NullMarked;
