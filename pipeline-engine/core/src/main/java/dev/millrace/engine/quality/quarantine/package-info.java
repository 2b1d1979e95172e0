/// Rows that failed an expectation: kept with their reasons, browsed, released or discarded.
@NullMarked
package dev.millrace.engine.quality.quarantine;

import org.jspecify.annotations.NullMarked;
