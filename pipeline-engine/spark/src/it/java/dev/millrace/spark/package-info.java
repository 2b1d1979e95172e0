/// The tables of the lake as Spark sees them.
@NullMarked
package dev.millrace.spark;

import org.jspecify.annotations.NullMarked;
