@NullMarked
package dev.millrace.language.edit;

import org.jspecify.annotations.NullMarked;
