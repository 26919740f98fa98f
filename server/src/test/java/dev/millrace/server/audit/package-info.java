@NullMarked
package dev.millrace.server.audit;

import org.jspecify.annotations.NullMarked;
