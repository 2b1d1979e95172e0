/// Latest values, event-time windows and health; written by the stream, read by snapshot.
@NullMarked
package dev.millrace.engine.live;

import org.jspecify.annotations.NullMarked;
