@NullMarked
package dev.millrace.erp.gst;

import org.jspecify.annotations.NullMarked;
