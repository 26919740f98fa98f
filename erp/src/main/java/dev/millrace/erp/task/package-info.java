/** Work that definitions give to people. */
@NullMarked
package dev.millrace.erp.task;

import org.jspecify.annotations.NullMarked;
