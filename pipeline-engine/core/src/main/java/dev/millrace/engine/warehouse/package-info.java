/// Load plans, the ledger, and the port to a warehouse.
@NullMarked
package dev.millrace.engine.warehouse;

import org.jspecify.annotations.NullMarked;
