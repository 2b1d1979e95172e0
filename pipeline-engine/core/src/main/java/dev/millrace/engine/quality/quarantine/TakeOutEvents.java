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

/// Takes events out of Bronze by their Kafka coordinates: the files that hold some are written anew
/// without them, in one commit, whatever a stream appends meanwhile.
record TakeOutEvents(LakeTable bronze, SqlEngine sql) {

  private static final String VIEW = "bronze_";
  private static final String KEYS = "coordinates_";
  private static final int MOST_RACES = 100;
  private static final String GONE =
      "EXISTS (SELECT 1 FROM %s AS k WHERE k.kafka_topic = b.kafka_topic AND k.kafka_partition = b.kafka_partition AND k.kafka_offset = b.kafka_offset)"
          .formatted(KEYS);

  /// @param coordinates topic, partition and offset of each
  /// @return rows taken out
  long run(List<List<Object>> coordinates) {
    for (int race = 0; race < MOST_RACES; race++) {
      LakeSnapshot base = bronze.snapshot();
      try (SqlSession session = sql.session()) {
        session.values(
            KEYS,
            Schema.of(Feed.KAFKA_TOPIC, Feed.KAFKA_PARTITION, Feed.KAFKA_OFFSET),
            coordinates);
        session.view(VIEW, bronze.schema(), base.files());
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
