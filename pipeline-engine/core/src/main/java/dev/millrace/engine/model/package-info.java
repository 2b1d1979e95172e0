/// Ids, rows, schemas and units; the JDK only.
@NullMarked
package dev.millrace.engine.model;

import org.jspecify.annotations.NullMarked;
