/// Schema-compiled decoding of JSON events into columnar batches, and the wire form.
@NullMarked
package dev.millrace.engine.event;

import org.jspecify.annotations.NullMarked;
