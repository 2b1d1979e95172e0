/// The lake's tables as Delta tables, through Delta Kernel.
@NullMarked
package dev.millrace.engine.lake.delta;

import org.jspecify.annotations.NullMarked;
