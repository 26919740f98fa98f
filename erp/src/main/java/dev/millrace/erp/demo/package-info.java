/**
 * The two demo companies and the real orders that the demo replays.
 *
 * <p>Never here: anything that a company without the demo needs.
 */
@NullMarked
package dev.millrace.erp.demo;

import org.jspecify.annotations.NullMarked;
