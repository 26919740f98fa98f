/** Tests of the module's items and stock. */
@org.jspecify.annotations.NullMarked
package dev.millrace.erp.inventory;
