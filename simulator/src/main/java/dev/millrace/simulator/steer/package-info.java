/// Steering a running simulator from another process.
@NullMarked
package dev.millrace.simulator.steer;

import org.jspecify.annotations.NullMarked;
