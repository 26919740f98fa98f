/** Stock, items and warehouses. */
@NullMarked
package dev.millrace.server.stock;

import org.jspecify.annotations.NullMarked;
