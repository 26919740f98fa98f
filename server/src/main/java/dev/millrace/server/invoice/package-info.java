/** Suppliers' invoices. */
@NullMarked
package dev.millrace.server.invoice;

import org.jspecify.annotations.NullMarked;
