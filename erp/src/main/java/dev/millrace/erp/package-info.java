/**
 * The reference ERP: what the server and the tests use of it. Start reading at {@link dev.millrace.erp.Erp}.
 *
 * <p>Here are the services and the records that they take and give. Never here: SQL, HTTP, the engine's tables.
 */
@NullMarked
package dev.millrace.erp;

import org.jspecify.annotations.NullMarked;
