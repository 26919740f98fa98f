/** Customers, sales orders, deliveries and selling prices. */
@NullMarked
package dev.millrace.server.sales;

import org.jspecify.annotations.NullMarked;
