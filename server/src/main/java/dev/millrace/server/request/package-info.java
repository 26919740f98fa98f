/** What comes in: bodies, pages, ids; checked before anything is done with it. */
@NullMarked
package dev.millrace.server.request;

import org.jspecify.annotations.NullMarked;
