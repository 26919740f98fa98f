/** The client commands of {@code ./millrace}: they read files, ask a server where one is named, and print. */
@NullMarked
package dev.millrace.cli;

import org.jspecify.annotations.NullMarked;
