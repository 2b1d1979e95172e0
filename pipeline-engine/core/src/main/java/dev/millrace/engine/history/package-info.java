/// A feed's readings by time: what the lake held, and the way of one reading from event to
/// warehouse.
@NullMarked
package dev.millrace.engine.history;

import org.jspecify.annotations.NullMarked;
