/// Faults done to real processes, and the count of what they left.
@NullMarked
package dev.millrace.app.fire;

import org.jspecify.annotations.NullMarked;
