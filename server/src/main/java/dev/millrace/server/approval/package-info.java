/** Requests for approval and the decisions on them. */
@NullMarked
package dev.millrace.server.approval;

import org.jspecify.annotations.NullMarked;
