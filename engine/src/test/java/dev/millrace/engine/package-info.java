/** Tests of the engine on a real PostgreSQL: a fresh tenant for each, in one database. */
@NullMarked
package dev.millrace.engine;

import org.jspecify.annotations.NullMarked;
