/// Loads, previews and reconciliations over SQL, whatever database it is; what differs from one to
/// the next is a {@link dev.millrace.engine.warehouse.jdbc.Dialect}.
@NullMarked
package dev.millrace.engine.warehouse.jdbc;

import org.jspecify.annotations.NullMarked;
