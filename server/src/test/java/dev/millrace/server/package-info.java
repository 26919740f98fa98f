/** Tests through HTTP, against one real server on a real database. */
@NullMarked
package dev.millrace.server;

import org.jspecify.annotations.NullMarked;
