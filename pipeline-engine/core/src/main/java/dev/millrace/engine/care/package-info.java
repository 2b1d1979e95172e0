/// The care of tables: layout, age, earlier versions, columns, and erasure.
@NullMarked
package dev.millrace.engine.care;

import org.jspecify.annotations.NullMarked;
