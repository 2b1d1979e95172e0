/// Tests of Spark as the SqlEngine.
@NullMarked
package dev.millrace.engine.transform.spark;

import org.jspecify.annotations.NullMarked;
