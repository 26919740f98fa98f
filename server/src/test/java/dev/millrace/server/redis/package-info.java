@NullMarked
package dev.millrace.server.redis;

import org.jspecify.annotations.NullMarked;
