@NullMarked
package dev.millrace.engine.lake.parquet;

import org.jspecify.annotations.NullMarked;
