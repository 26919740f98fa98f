/** The demo: a client of a real server, which it starts, kills and questions. It uses nothing that users do not have. */
@NullMarked
package dev.millrace.server.demo;

import org.jspecify.annotations.NullMarked;
