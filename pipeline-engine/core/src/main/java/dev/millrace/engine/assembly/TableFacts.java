package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells what a table's log knows of it; no data file is read.
record TableFacts(Pipeline pipeline, Lake lake) {

  /// @throws MillraceException `USAGE` when there is no such table yet
  Answer.AboutTable of(Question.AboutTable asked) {
    LakeTable table =
        lake.find(asked.table())
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.USAGE,
                        "There is no table " + asked.table() + " yet",
                        "its first rows make it"));
    LakeSnapshot now = table.snapshot();
    Schema schema = table.schema();
    return new Answer.AboutTable(
        table.name(),
        now.version(),
        now.committedAt(),
        schema,
        table.partition(),
        pipeline.table(table.name()).map(DerivedTable::key).orElse(List.of()),
        pipeline.retentionOf(table.name()),
        columns(schema, now.files()),
        table.history(asked.versions()).stream().map(TableFacts::version).toList(),
        now.files().stream()
            .sorted(Comparator.comparingLong(LakeFile::bytes).reversed())
            .limit(asked.files())
            .map(
                f ->
                    new Answer.DataFile(
                        String.valueOf(f.path().getFileName()),
                        f.partitionValue(),
                        f.rows(),
                        f.bytes()))
            .toList(),
        now.files().stream().map(LakeFile::bytes).sorted().toList(),
        now.sourceVersions());
  }

  private static Answer.Version version(LakeVersion version) {
    return new Answer.Version(
        version.version(),
        version.committedAt(),
        version.operation(),
        version.engine(),
        version
            .effect()
            .map(
                e ->
                    new Answer.Effect(
                        e.filesAdded(), e.filesRemoved(), e.rowsAdded(), e.rowsRemoved())));
  }

  private static Map<String, Answer.ColumnFacts> columns(Schema schema, List<LakeFile> files) {
    Map<String, Answer.ColumnFacts> facts = new HashMap<>();
    for (Column column : schema.columns()) {
      facts.put(column.name(), column(column, files));
    }
    return facts;
  }

  /// A bound over all files is known only where every file tells one.
  private static Answer.ColumnFacts column(Column column, List<LakeFile> files) {
    Optional<Object> least = Optional.empty();
    Optional<Object> greatest = Optional.empty();
    long nulls = 0;
    boolean bounded = true;
    for (LakeFile file : files) {
      ColumnStatistics statistics = file.statistics().get(column.name());
      if (statistics == null) {
        bounded = false;
        nulls = -1;
        continue;
      }
      nulls = nulls < 0 ? -1 : nulls + statistics.nulls();
      if (statistics.nulls() >= file.rows()) {
        continue;
      }
      bounded &= statistics.min().isPresent() && statistics.max().isPresent();
      least = further(least, statistics.min(), -1);
      greatest = further(greatest, statistics.max(), 1);
    }
    return bounded
        ? new Answer.ColumnFacts(
            least.map(v -> text(column.type(), v)),
            greatest.map(v -> text(column.type(), v)),
            nulls)
        : new Answer.ColumnFacts(Optional.empty(), Optional.empty(), nulls);
  }

  @SuppressWarnings("unchecked") // All bounds of a column have the one type of the column.
  private static Optional<Object> further(Optional<Object> a, Optional<Object> b, int sign) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    int order = ((Comparable<Object>) a.get()).compareTo(b.get());
    return Integer.signum(order) == -sign ? b : a;
  }

  private static String text(ColumnType type, Object value) {
    return switch (type) {
      case TIMESTAMP ->
          value instanceof Long micros
              ? Instant.EPOCH
                  .plus(micros, ChronoUnit.MICROS)
                  .truncatedTo(ChronoUnit.SECONDS)
                  .toString()
              : value.toString();
      case DATE ->
          value instanceof Integer day ? LocalDate.ofEpochDay(day).toString() : value.toString();
      case STRING, BOOLEAN, INT, BIGINT, DOUBLE, BINARY -> value.toString();
    };
  }
}
