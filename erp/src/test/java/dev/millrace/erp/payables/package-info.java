@NullMarked
package dev.millrace.erp.payables;

import org.jspecify.annotations.NullMarked;
