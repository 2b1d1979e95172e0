/// The time on show: live, or a moment of the past that may run.
@NullMarked
package dev.millrace.views.time;

import org.jspecify.annotations.NullMarked;
