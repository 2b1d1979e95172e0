/// Tables of the lake: snapshot, commit, read; the port that every store implements.
@NullMarked
package dev.millrace.engine.lake;

import org.jspecify.annotations.NullMarked;
