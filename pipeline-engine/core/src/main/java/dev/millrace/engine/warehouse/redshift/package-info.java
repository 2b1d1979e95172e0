/// Amazon Redshift as the warehouse: COPY by manifest, MERGE, and the ledger, in one transaction.
@NullMarked
package dev.millrace.engine.warehouse.redshift;

import org.jspecify.annotations.NullMarked;
