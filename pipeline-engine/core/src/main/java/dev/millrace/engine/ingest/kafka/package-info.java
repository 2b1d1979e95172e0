/// Kafka as the source of a stream.
@NullMarked
package dev.millrace.engine.ingest.kafka;

import org.jspecify.annotations.NullMarked;
