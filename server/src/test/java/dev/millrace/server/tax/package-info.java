/** Tests of sales invoices and tax. */
@NullMarked
package dev.millrace.server.tax;

import org.jspecify.annotations.NullMarked;
