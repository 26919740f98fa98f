/** Definitions, their executions, and the events that start them. */
@NullMarked
package dev.millrace.server.workflow;

import org.jspecify.annotations.NullMarked;
