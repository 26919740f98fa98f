/**
 * The server: endpoints, security, wiring, {@code main()}. Start reading at {@link dev.millrace.server.Main}, then
 * {@link dev.millrace.server.Server}.
 *
 * <p>Never here: SQL, business rules, workflow logic.
 */
@NullMarked
package dev.millrace.server;

import org.jspecify.annotations.NullMarked;
