/** Tests of what belongs to every company. */
@NullMarked
package dev.millrace.erp.core;

import org.jspecify.annotations.NullMarked;
