@NullMarked
package dev.millrace.erp.task;

import org.jspecify.annotations.NullMarked;
