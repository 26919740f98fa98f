/** What happened to a document, over every workflow. */
@NullMarked
package dev.millrace.engine.timeline;

import org.jspecify.annotations.NullMarked;
