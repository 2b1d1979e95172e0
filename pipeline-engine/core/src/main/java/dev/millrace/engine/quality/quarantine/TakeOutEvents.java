package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Takes events out of Bronze: the files that hold some are written anew without them, in one
/// commit, whatever a stream appends meanwhile.
///
/// @param said the event's own columns; an event that says the same in all of them is a copy
record TakeOutEvents(LakeTable bronze, Schema said, SqlEngine sql) {

  private static final String VIEW = "bronze_";
  private static final String SINGLE = "single_";
  private static final String REPEATED = "repeated_";
  private static final String KEYS = "coordinates_";
  private static final int MOST_RACES = 100;
  private static final Schema COORDINATES =
      Schema.of(Feed.KAFKA_TOPIC, Feed.KAFKA_PARTITION, Feed.KAFKA_OFFSET);
  private static final String GONE = in(KEYS);

  private static String in(String coordinates) {
    return "EXISTS (SELECT 1 FROM %s AS k WHERE k.kafka_topic = b.kafka_topic AND k.kafka_partition = b.kafka_partition AND k.kafka_offset = b.kafka_offset)"
        .formatted(coordinates);
  }

  /// How many would be taken out.
  long count(MeantEvents meant) {
    try (SqlSession session = sql.session()) {
      find(session, bronze.snapshot().files(), meant);
      return KeepRows.count(
          session, "SELECT count(*) AS n FROM %s AS b WHERE %s".formatted(VIEW, GONE));
    }
  }

  /// @return how many were taken out
  long run(MeantEvents meant) {
    for (int race = 0; race < MOST_RACES; race++) {
      LakeSnapshot base = bronze.snapshot();
      try (SqlSession session = sql.session()) {
        find(session, base.files(), meant);
        Map<String, Long> rows = new LinkedHashMap<>();
        session.forEachRow(
            "SELECT _source_file, count(*) FROM %s AS b WHERE %s GROUP BY 1".formatted(VIEW, GONE),
            row -> rows.put((String) row.getFirst(), ((Number) row.get(1)).longValue()));
        if (rows.isEmpty()) {
          return 0;
        }
        List<LakeFile> old =
            base.files().stream()
                .filter(f -> rows.containsKey(String.valueOf(f.path().getFileName())))
                .toList();
        List<LakeFile> anew = write(session, old);
        long gone = rows.values().stream().mapToLong(Long::longValue).sum();
        requireRows(rowsOf(old) - gone, anew);
        if (landed(old, anew)) {
          return gone;
        }
      }
    }
    throw new MillraceException(
        ErrorCode.LAKE,
        "Another writer of " + bronze.name() + " exchanged the same files " + MOST_RACES + " times",
        "let fewer jobs write to the table at once; nothing was taken out");
  }

  /// Makes a table of the coordinates of all that is meant, as far as it is in Bronze.
  private void find(SqlSession session, List<LakeFile> files, MeantEvents meant) {
    session.values(SINGLE, COORDINATES, meant.single());
    session.values(REPEATED, COORDINATES, meant.repeated());
    session.view(VIEW, bronze.schema(), files);
    List<String> columns =
        said.columns().stream()
            .map(Column::name)
            .filter(name -> bronze.schema().column(name).isPresent())
            .map(QuarantineTable::quoted)
            .toList();
    session.table(
        KEYS,
        """
        SELECT b.kafka_topic, b.kafka_partition, b.kafka_offset FROM %1$s AS b WHERE %2$s
        UNION
        SELECT b.kafka_topic, b.kafka_partition, b.kafka_offset FROM %1$s AS b
        JOIN (SELECT DISTINCT %3$s FROM %1$s AS b WHERE %4$s) AS s ON %5$s
        """
            .formatted(
                VIEW,
                in(SINGLE),
                String.join(", ", columns),
                in(REPEATED),
                columns.stream()
                    .map(name -> "b.%1$s IS NOT DISTINCT FROM s.%1$s".formatted(name))
                    .collect(Collectors.joining(" AND "))));
  }

  private List<LakeFile> write(SqlSession session, List<LakeFile> old) {
    session.view(VIEW, bronze.schema(), old);
    String columns =
        bronze.schema().columns().stream()
            .map(Column::name)
            .map(name -> "b." + QuarantineTable.quoted(name))
            .collect(Collectors.joining(", "));
    return session.write(
        "SELECT %s FROM %s AS b WHERE NOT %s".formatted(columns, VIEW, GONE),
        bronze.schema(),
        bronze.partition(),
        bronze::dataFolder);
  }

  private boolean landed(List<LakeFile> old, List<LakeFile> anew) {
    Set<Object> wanted = new HashSet<>();
    old.forEach(file -> wanted.add(file.path()));
    while (true) {
      LakeSnapshot base = bronze.snapshot();
      List<Object> live = new ArrayList<>();
      base.files().forEach(file -> live.add(file.path()));
      if (!new HashSet<>(live).containsAll(wanted)) {
        return false;
      }
      LakeCommit commit = new LakeCommit(Quarantine.DISCARD, anew, old, Map.of(), Map.of());
      if (bronze.commit(base, commit) instanceof CommitOutcome.Committed) {
        return true;
      }
    }
  }

  private void requireRows(long expected, List<LakeFile> anew) {
    long written = rowsOf(anew);
    if (written != expected) {
      throw new MillraceException(
          ErrorCode.INTERNAL,
          "%s: %d rows were to be written anew and %d were"
              .formatted(bronze.name(), expected, written),
          "nothing was changed; report it with the log");
    }
  }

  private static long rowsOf(List<LakeFile> files) {
    return files.stream().mapToLong(LakeFile::rows).sum();
  }
}
