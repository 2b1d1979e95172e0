@NullMarked
package dev.millrace.engine.ingest;

import org.jspecify.annotations.NullMarked;
