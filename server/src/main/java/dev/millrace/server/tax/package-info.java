/** Sales invoices and the returns of the goods and services tax. */
@NullMarked
package dev.millrace.server.tax;

import org.jspecify.annotations.NullMarked;
