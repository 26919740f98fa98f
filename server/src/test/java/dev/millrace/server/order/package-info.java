@NullMarked
package dev.millrace.server.order;

import org.jspecify.annotations.NullMarked;
