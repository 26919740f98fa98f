/**
 * The engine: what runs. A library on JDBC and PostgreSQL; no HTTP, no Spring, no noun of an ERP.
 *
 * <p>State changes in four places only: {@code EventIntake}, {@code StepCommit}, {@code ApprovalDesk} and
 * {@code ExecutionControl}. Start reading at {@link dev.millrace.engine.Engine}.
 */
@NullMarked
package dev.millrace.engine;

import org.jspecify.annotations.NullMarked;
