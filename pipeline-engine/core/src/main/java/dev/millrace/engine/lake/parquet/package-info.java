/// Columnar batches to Parquet files and their statistics.
@NullMarked
package dev.millrace.engine.lake.parquet;

import org.jspecify.annotations.NullMarked;
