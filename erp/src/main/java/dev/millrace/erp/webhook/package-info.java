/**
 * Webhooks: the action that posts to a partner, the secrets that sign, and the guard that keeps calls from going
 * anywhere else.
 *
 * <p>Never here: a library that follows redirects, asks proxies or looks a host up a second time.
 */
@NullMarked
package dev.millrace.erp.webhook;

import org.jspecify.annotations.NullMarked;
