/** The general ledger and its periods. */
@NullMarked
package dev.millrace.server.ledger;

import org.jspecify.annotations.NullMarked;
