@NullMarked
package dev.millrace.server.inbox;

import org.jspecify.annotations.NullMarked;
