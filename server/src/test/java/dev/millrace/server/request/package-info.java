@NullMarked
package dev.millrace.server.request;

import org.jspecify.annotations.NullMarked;
