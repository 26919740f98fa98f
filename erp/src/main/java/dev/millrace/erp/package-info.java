@NullMarked
package dev.millrace.erp;

import org.jspecify.annotations.NullMarked;
