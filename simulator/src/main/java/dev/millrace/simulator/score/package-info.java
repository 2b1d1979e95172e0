/// How well a detection found what the simulator did: flags on readings beside the truth log.
@NullMarked
package dev.millrace.simulator.score;

import org.jspecify.annotations.NullMarked;
