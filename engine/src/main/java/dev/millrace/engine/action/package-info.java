/** What a module implements to add an action: one class that is a {@code LocalAction} or an {@code ExternalAction}. */
@NullMarked
package dev.millrace.engine.action;

import org.jspecify.annotations.NullMarked;
