package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a derived table was built from, as numbers that are committed with it.
///
/// They stand among the source versions; those beside the versions themselves under names that no
/// table can have: a digest of the definition, and of each source its identity and its rows.
final class BuiltFrom {

  private static final String DEFINITION = "definition";
  private static final String ROWS = "rows/";
  private static final String IDENTITY = "id/";
  private static final Pattern RANGES = Pattern.compile("\\branges\\b");

  /// Raised when the way tables are extended changes its meaning, so that all are built anew.
  private static final String METHOD = "2";

  private BuiltFrom() {}

  /// How many rows each source had when the table was built; empty when it was not built so.
  static Map<TableName, Long> sourceRows(LakeSnapshot target) {
    Map<TableName, Long> rows = new TreeMap<>();
    target
        .sourceVersions()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ROWS)) {
                TableName.parse(name.substring(ROWS.length())).ifPresent(t -> rows.put(t, value));
              }
            });
    return rows;
  }

  /// The source versions to commit.
  static Map<String, Long> markers(Pipeline pipeline, DerivedTable table, Sources sources) {
    Map<String, Long> markers = new TreeMap<>();
    sources
        .tables()
        .forEach(
            source -> {
              markers.put(source.name().toString(), source.snapshot().version());
              markers.put(ROWS + source.name(), source.snapshot().rows());
              markers.put(IDENTITY + source.name(), digest(source.table().id()));
            });
    markers.put(DEFINITION, definition(pipeline, table));
    return markers;
  }

  /// Whether the target was built by this definition.
  static boolean isDefinition(Pipeline pipeline, DerivedTable table, LakeSnapshot target) {
    return Long.valueOf(definition(pipeline, table))
        .equals(target.sourceVersions().get(DEFINITION));
  }

  /// Whether the target was built from this very table, and not from another of its name.
  static boolean isSource(Sources.Source source, LakeSnapshot target) {
    return Long.valueOf(digest(source.table().id()))
            .equals(target.sourceVersions().get(IDENTITY + source.name()))
        && target.sourceVersions().containsKey(source.name().toString());
  }

  private static long definition(Pipeline pipeline, DerivedTable table) {
    StringBuilder text = new StringBuilder();
    text.append(METHOD).append('\0').append(table.sql()).append('\0').append(pipeline.version());
    text.append('\0').append(table.reach());
    if (RANGES.matcher(table.sql()).find()) {
      new TreeMap<>(pipeline.ranges())
          .forEach(
              (kind, range) ->
                  text.append('\0')
                      .append(kind)
                      .append('|')
                      .append(range.low())
                      .append('|')
                      .append(range.high()));
    }
    return digest(text.toString());
  }

  /// Not negative, as readers of Delta's markers may expect.
  private static long digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
