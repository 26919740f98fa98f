/** Errors as RFC 9457 says them; every way in which a request can fail ends here. */
@NullMarked
package dev.millrace.server.problem;

import org.jspecify.annotations.NullMarked;
