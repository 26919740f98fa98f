/** The journal, as auditors read it. */
@NullMarked
package dev.millrace.server.audit;

import org.jspecify.annotations.NullMarked;
