/// DuckDB as the SqlEngine.
@NullMarked
package dev.millrace.engine.transform.duckdb;

import org.jspecify.annotations.NullMarked;
