@NullMarked
package dev.millrace.erp.query;

import org.jspecify.annotations.NullMarked;
