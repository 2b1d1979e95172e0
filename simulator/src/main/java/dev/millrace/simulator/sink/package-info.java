/// Where simulated and replayed events go.
@NullMarked
package dev.millrace.simulator.sink;

import org.jspecify.annotations.NullMarked;
