/** Tests of expense claims. */
@NullMarked
package dev.millrace.server.claim;

import org.jspecify.annotations.NullMarked;
