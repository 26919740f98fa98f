@NullMarked
package dev.millrace.language.yaml;

import org.jspecify.annotations.NullMarked;
