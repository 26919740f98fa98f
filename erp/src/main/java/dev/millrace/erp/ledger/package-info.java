/**
 * The general ledger: accounts, accounting periods, journals, and the actions that post by hand, reverse and close.
 *
 * <p>Everything that has a value is posted through {@link dev.millrace.erp.ledger.Ledger}, in the transaction of the
 * document. Never here: a document that is posted, and a rule about one.
 */
@NullMarked
package dev.millrace.erp.ledger;

import org.jspecify.annotations.NullMarked;
