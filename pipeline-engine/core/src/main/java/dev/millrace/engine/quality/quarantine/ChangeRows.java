package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Moves rows of one quarantine table to another state, in one commit.
record ChangeRows(QuarantineTable quarantine, SqlEngine sql, InstantSource clock) {

  private static final String VIEW = "quarantined_";

  /// @param why kept with each of them
  /// @return rows that were moved
  long move(String operation, KeptFilter filter, KeptState to, Optional<String> why) {
    while (true) {
      List<LakeFile> files = quarantine.table().snapshot().files();
      try (SqlSession session = sql.session()) {
        session.view(VIEW, quarantine.table().schema(), files);
        long rows =
            KeepRows.count(
                session, "SELECT count(*) AS n FROM " + VIEW + " WHERE " + filter.predicate());
        if (rows == 0) {
          return 0;
        }
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        List<LakeFile> anew =
            session.write(
                changed(quarantine, VIEW, filter.predicate(), to, why, now),
                quarantine.table().schema(),
                Optional.empty(),
                quarantine.table()::dataFolder);
        if (quarantine.commit(operation, anew, files)) {
          return rows;
        }
      }
    }
  }

  /// All rows of a view of the table, those that a predicate means in another state.
  static String changed(
      QuarantineTable quarantine,
      String view,
      String predicate,
      KeptState to,
      Optional<String> why,
      long now) {
    String note = why.map(QuarantineTable::text).orElse("CAST(NULL AS varchar)");
    String columns =
        quarantine.table().schema().columns().stream()
            .map(Column::name)
            .map(
                name ->
                    switch (name) {
                      case "quarantine_state" -> either(QuarantineTable.text(to.text()), name);
                      case "quarantine_note" -> either(note, name);
                      case "quarantine_changed_at" -> either("timestamp_micros(" + now + ")", name);
                      default -> QuarantineTable.quoted(name);
                    })
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM (SELECT *, (%s) AS meant_ FROM %s) AS marked"
        .formatted(columns, predicate, view);
  }

  private static String either(String then, String column) {
    return "CASE WHEN marked.meant_ THEN %1$s ELSE marked.%2$s END AS %2$s".formatted(then, column);
  }
}
