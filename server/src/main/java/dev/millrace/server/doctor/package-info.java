/** {@code ./millrace doctor}: looks at this machine and says what is there, what is missing and how to mend it. */
@NullMarked
package dev.millrace.server.doctor;

import org.jspecify.annotations.NullMarked;
