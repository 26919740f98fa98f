/** Tests of the ERP on a real PostgreSQL; {@link dev.millrace.erp.World} makes each a company of its own. */
@NullMarked
package dev.millrace.erp;

import org.jspecify.annotations.NullMarked;
