/// Fleets, signals, faults and replay: events as they would come from devices.
@NullMarked
package dev.millrace.simulator;

import org.jspecify.annotations.NullMarked;
