/// Tests of the package.
@NullMarked
package dev.millrace.engine.lake.delta;

import org.jspecify.annotations.NullMarked;
