@NullMarked
package dev.millrace.server.sales;

import org.jspecify.annotations.NullMarked;
