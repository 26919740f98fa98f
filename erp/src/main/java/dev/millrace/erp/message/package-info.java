/**
 * Messages that definitions send: whom they reach, their named texts, and the action.
 *
 * <p>Never here: how a message leaves the house, which is the senders' business.
 */
@NullMarked
package dev.millrace.erp.message;

import org.jspecify.annotations.NullMarked;
