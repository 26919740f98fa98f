/** Programs that embed the engine, as others would write them: without Spring, without the ERP. */
@NullMarked
package dev.millrace.examples;

import org.jspecify.annotations.NullMarked;
