@NullMarked
package dev.millrace.server.workflow;

import org.jspecify.annotations.NullMarked;
