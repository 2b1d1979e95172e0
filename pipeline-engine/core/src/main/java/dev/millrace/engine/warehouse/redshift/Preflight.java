package dev.millrace.engine.warehouse.redshift;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.FileFooters.StoredColumn;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.warehouse.LoadArea;
import dev.millrace.engine.warehouse.LoadPlan;
import dev.millrace.engine.warehouse.jdbc.RowLoader.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Looks at files before a COPY is sent: COPY takes columns by their place and tells what does not
/// fit in words that name neither the column nor the way out. Any thread may call.
final class Preflight {

  private final RedshiftAccess access;
  private final LoadArea area;
  private final LakeFiles files;
  private final FileFooters footers;

  Preflight(RedshiftAccess access, LoadArea area, LakeFiles files, FileFooters footers) {
    this.access = access;
    this.area = area;
    this.files = files;
    this.footers = footers;
  }

  /// @return the longest text in bytes by column
  /// @throws dev.millrace.engine.error.MillraceException naming the file, the column and the remedy
  Map<String, Integer> check(
      Target target, List<LakeFile> read, SqlEngine engine, Progress progress) {
    if (read.isEmpty()) {
      return Map.of();
    }
    checkRegion();
    try (LakeFiles.Hold hold = files.hold(read)) {
      for (LakeFile file : read) {
        check(target, file, footers.columns(hold.path(file)));
      }
      return lengths(target, read, engine, progress);
    }
  }

  private void checkRegion() {
    Optional<String> cluster = access.clusterRegion();
    Optional<String> bucket = area.region();
    if (cluster.isPresent() && bucket.isPresent() && !cluster.equals(bucket)) {
      throw RedshiftErrors.otherRegion(cluster.get(), bucket.get());
    }
  }

  private static void check(Target target, LakeFile file, List<StoredColumn> stored) {
    String name = LoadPlan.name(file);
    String table = target.table().target();
    List<Column> wanted = target.schema().columns();
    for (int i = 0; i < Math.min(stored.size(), wanted.size()); i++) {
      StoredColumn is = stored.get(i);
      Column should = wanted.get(i);
      if (!is.name().equals(should.name())) {
        throw RedshiftErrors.otherColumn(table, name, i + 1, is.name(), should.name());
      }
      if (!is.type().equals(Optional.of(should.type()))) {
        throw should.type() == ColumnType.TIMESTAMP
            ? RedshiftErrors.otherTime(table, name, is)
            : RedshiftErrors.otherType(table, name, is, should);
      }
    }
    if (stored.size() < wanted.size()) {
      throw RedshiftErrors.columnMissing(table, name, wanted.get(stored.size()).name());
    }
    if (stored.size() > wanted.size()) {
      throw RedshiftErrors.columnTooMany(table, name, stored.get(wanted.size()).name());
    }
  }

  private static Map<String, Integer> lengths(
      Target target, List<LakeFile> read, SqlEngine engine, Progress progress) {
    Schema schema = target.schema();
    List<String> texts =
        schema.columns().stream()
            .filter(c -> c.type() == ColumnType.STRING)
            .map(Column::name)
            .toList();
    Map<String, Integer> lengths = new TreeMap<>();
    if (texts.isEmpty()) {
      return lengths;
    }
    try (SqlSession session = engine.session();
        CancelWatch _ = CancelWatch.over(session, progress, target.table().target())) {
      session.view("preflight", schema, read);
      session.forEachRow(
          "SELECT %s FROM preflight"
              .formatted(
                  texts.stream()
                      .map(t -> "coalesce(max(strlen(" + quoted(t) + ")), 0)")
                      .collect(Collectors.joining(", "))),
          row -> {
            for (int i = 0; i < texts.size(); i++) {
              lengths.put(texts.get(i), Math.toIntExact(((Number) row.get(i)).longValue()));
            }
          });
    }
    lengths.forEach(
        (column, bytes) -> {
          if (bytes > RedshiftTypes.LONGEST) {
            throw RedshiftErrors.tooLong(target.table().target(), column, bytes);
          }
        });
    return lengths;
  }
}
