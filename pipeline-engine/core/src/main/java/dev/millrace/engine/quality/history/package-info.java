/// How tables did over time: scores, the worst expectations, and what changed.
@NullMarked
package dev.millrace.engine.quality.history;

import org.jspecify.annotations.NullMarked;
