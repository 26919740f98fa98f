/** Requests for approval: asked, decided, escalated. Start at {@link dev.millrace.engine.approval.RequestApproval}. */
@NullMarked
package dev.millrace.engine.approval;

import org.jspecify.annotations.NullMarked;
