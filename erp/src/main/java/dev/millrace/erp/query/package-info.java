/** Reading rows of every module's entities in definitions, and remarks about them. */
@NullMarked
package dev.millrace.erp.query;

import org.jspecify.annotations.NullMarked;
