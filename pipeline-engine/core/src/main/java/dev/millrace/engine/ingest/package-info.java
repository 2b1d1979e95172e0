/// The stream loop: source, decode, Bronze commit with offsets, dead letters, late accounting.
@NullMarked
package dev.millrace.engine.ingest;

import org.jspecify.annotations.NullMarked;
