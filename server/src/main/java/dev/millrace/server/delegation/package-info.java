/** Who decides for whom while somebody is away. */
@NullMarked
package dev.millrace.server.delegation;

import org.jspecify.annotations.NullMarked;
