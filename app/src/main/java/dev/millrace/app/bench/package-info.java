/// Benchmarks that a person may run: each measure in a JVM of its own, beside baselines.
@NullMarked
package dev.millrace.app.bench;

import org.jspecify.annotations.NullMarked;
