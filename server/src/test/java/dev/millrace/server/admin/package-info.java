@NullMarked
package dev.millrace.server.admin;

import org.jspecify.annotations.NullMarked;
