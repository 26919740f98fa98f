@NullMarked
package dev.millrace.server.wiring;

import org.jspecify.annotations.NullMarked;
