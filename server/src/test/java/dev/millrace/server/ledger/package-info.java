/** Tests of the ledger. */
@NullMarked
package dev.millrace.server.ledger;

import org.jspecify.annotations.NullMarked;
