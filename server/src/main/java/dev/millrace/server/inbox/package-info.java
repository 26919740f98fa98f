/** What a member is told and has to do, how they want to be told, and the outbox. */
@NullMarked
package dev.millrace.server.inbox;

import org.jspecify.annotations.NullMarked;
