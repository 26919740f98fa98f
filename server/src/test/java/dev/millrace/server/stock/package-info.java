/** Tests of stock. */
@NullMarked
package dev.millrace.server.stock;

import org.jspecify.annotations.NullMarked;
