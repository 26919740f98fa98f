/**
 * The engine, side by side with a floor and with others, on one PostgreSQL with its usual durability. Each run is a Java
 * process of its own, so that its CPU is its own.
 */
@NullMarked
package dev.millrace.trials.bench.engine;

import org.jspecify.annotations.NullMarked;
