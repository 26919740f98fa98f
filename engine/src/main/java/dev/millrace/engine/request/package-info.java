/** Requests that were answered. Start at {@link dev.millrace.engine.request.AnswerRows}. */
@NullMarked
package dev.millrace.engine.request;

import org.jspecify.annotations.NullMarked;
