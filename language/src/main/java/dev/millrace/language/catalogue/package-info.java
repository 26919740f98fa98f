/** Catalogues as files: the one that is shipped, and those that a company hands out. */
@NullMarked
package dev.millrace.language.catalogue;

import org.jspecify.annotations.NullMarked;
