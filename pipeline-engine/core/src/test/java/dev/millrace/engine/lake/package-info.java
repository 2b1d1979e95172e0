/// Contract of the lake's port, for every store that implements it.
@NullMarked
package dev.millrace.engine.lake;

import org.jspecify.annotations.NullMarked;
