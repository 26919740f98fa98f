/**
 * The embedded PostgreSQL: real binaries, durable settings, crash recovery. {@link
 * dev.millrace.postgres.EmbeddedPostgres} starts one; {@link dev.millrace.postgres.Roles} prepares roles and grants,
 * also on a PostgreSQL that someone else runs.
 */
@NullMarked
package dev.millrace.postgres;

import org.jspecify.annotations.NullMarked;
