@NullMarked
package dev.millrace.erp.webhook;

import org.jspecify.annotations.NullMarked;
