@NullMarked
package dev.millrace.erp.message;

import org.jspecify.annotations.NullMarked;
