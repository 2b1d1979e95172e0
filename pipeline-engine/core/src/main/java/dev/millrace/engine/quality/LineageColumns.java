package dev.millrace.engine.quality;

import dev.millrace.engine.pipeline.Feed;
import java.util.Set;

/// Columns of the engine's tables that tell how a row was made, rather than what it says.
public final class LineageColumns {

  /// They change when a table is built anew.
  public static final Set<String> OF_A_BUILD =
      Set.of("ingestion_time", "processing_timestamp", "source_file", "pipeline_version", "_extra");

  private static final Set<String> OF_AN_EVENT =
      Set.of(Feed.KAFKA_TOPIC.name(), Feed.KAFKA_PARTITION.name(), Feed.KAFKA_OFFSET.name());

  private LineageColumns() {}

  /// Whether a column's values follow from where the event came and when it was handled, so that
  /// what was seen of them says nothing of what will be.
  public static boolean contain(String column) {
    return OF_A_BUILD.contains(column) || OF_AN_EVENT.contains(column);
  }
}
