/// Benchmarks of single parts, for profiling; not part of the build. See CONTRIBUTING.
@NullMarked
package dev.millrace.engine.jmh;

import org.jspecify.annotations.NullMarked;
