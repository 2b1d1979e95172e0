/// Historical CSV files, replayed as events.
@NullMarked
package dev.millrace.simulator.replay;

import org.jspecify.annotations.NullMarked;
