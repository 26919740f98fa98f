/** What a company allows, asked again while its definitions run. */
@NullMarked
package dev.millrace.engine.policy;

import org.jspecify.annotations.NullMarked;
