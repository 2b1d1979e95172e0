/// The way of one reading, from its bytes to the warehouse.
@NullMarked
package dev.millrace.views.trace;

import org.jspecify.annotations.NullMarked;
