/// Metrics of this process as Prometheus text, on a loopback port while a command runs.
@NullMarked
package dev.millrace.app.metrics;

import org.jspecify.annotations.NullMarked;
