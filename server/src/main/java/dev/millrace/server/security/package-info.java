/** Who calls, and what they may do: sign-in, tokens, permissions. */
@NullMarked
package dev.millrace.server.security;

import org.jspecify.annotations.NullMarked;
