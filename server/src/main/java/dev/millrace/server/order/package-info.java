/** Purchase orders, and the suppliers and items that they name. */
@NullMarked
package dev.millrace.server.order;

import org.jspecify.annotations.NullMarked;
