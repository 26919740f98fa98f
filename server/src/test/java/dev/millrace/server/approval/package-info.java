@NullMarked
package dev.millrace.server.approval;

import org.jspecify.annotations.NullMarked;
