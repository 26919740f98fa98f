@NullMarked
package dev.millrace.language.policy;

import org.jspecify.annotations.NullMarked;
