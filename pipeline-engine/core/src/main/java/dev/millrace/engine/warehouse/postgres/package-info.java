/// PostgreSQL as the warehouse.
@NullMarked
package dev.millrace.engine.warehouse.postgres;

import org.jspecify.annotations.NullMarked;
