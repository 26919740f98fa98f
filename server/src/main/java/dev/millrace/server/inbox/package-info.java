/** What a member was told, and the outbox. */
@NullMarked
package dev.millrace.server.inbox;

import org.jspecify.annotations.NullMarked;
