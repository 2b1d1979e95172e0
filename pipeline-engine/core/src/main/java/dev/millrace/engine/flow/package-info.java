/// Flows: ordered steps, runs, and their states.
@NullMarked
package dev.millrace.engine.flow;

import org.jspecify.annotations.NullMarked;
