/// Tests of the package.
@NullMarked
package dev.millrace.engine.lake.store;

import org.jspecify.annotations.NullMarked;
