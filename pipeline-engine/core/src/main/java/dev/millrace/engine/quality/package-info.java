/// Expectations, suites and validation results in Great Expectations' terms.
@NullMarked
package dev.millrace.engine.quality;

import org.jspecify.annotations.NullMarked;
