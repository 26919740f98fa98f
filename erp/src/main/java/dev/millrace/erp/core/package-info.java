/**
 * Companies, members, roles, tasks, notifications and number series: their tables, and what the engine
 * asks of them.
 *
 * <p>Never here: a document of procurement or of any later module, and a rule about one.
 */
@NullMarked
package dev.millrace.erp.core;

import org.jspecify.annotations.NullMarked;
