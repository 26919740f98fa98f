/** Writes {@code docs/reference} from what the modules declare. */
@NullMarked
package dev.millrace.erp.reference;

import org.jspecify.annotations.NullMarked;
