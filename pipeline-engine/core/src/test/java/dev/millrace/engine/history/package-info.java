/// Readings by time, on real tables.
@org.jspecify.annotations.NullMarked
package dev.millrace.engine.history;
