/// Dead letters dealt with: found, replayed, discarded, restored, exported.
@NullMarked
package dev.millrace.engine.deadletter;

import org.jspecify.annotations.NullMarked;
