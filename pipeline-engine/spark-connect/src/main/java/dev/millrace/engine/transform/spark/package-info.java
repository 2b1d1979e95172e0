/// Spark, through Spark Connect, as the SqlEngine; loaded apart from the rest of the program.
@NullMarked
package dev.millrace.engine.transform.spark;

import org.jspecify.annotations.NullMarked;
