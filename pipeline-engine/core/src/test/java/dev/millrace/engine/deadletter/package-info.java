/// Dead letters on real Delta tables, with a topic in memory.
@NullMarked
package dev.millrace.engine.deadletter;

import org.jspecify.annotations.NullMarked;
