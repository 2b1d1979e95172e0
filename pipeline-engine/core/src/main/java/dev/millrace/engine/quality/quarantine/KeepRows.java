package dev.millrace.engine.quality.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.FailingRows;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps rows that fail in the quarantine table of their table.
///
/// A row stands there once for as long as it is open, however often it is found. Where all rows
/// were judged, its reasons are those by which it failed then, and open ones that fail no more
/// become `MENDED`, also those that another suite found before. For one thread at a time per table.
public final class KeepRows implements FailingRows {

  /// Rows kept of one validation at most; the results count them all.
  public static final int MOST_ROWS = 100_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEPT = "quarantined_";
  private static final String OPEN = KeptState.predicate(Set.of(KeptState.OPEN));
  private static final String FAILING = "failing_rows_";
  private static final String RELEASED = "released_";

  /// Of a failing row: that its event has not been taken out of Bronze. One whose event has stays
  /// in its table until a flow builds it, and was decided about.
  private static final String STANDS =
      """
      NOT EXISTS (SELECT 1 FROM %s AS d WHERE d.quarantine_state = 'discarded'
        AND d.quarantine_id = f.quarantine_id AND d.kafka_topic = f.kafka_topic
        AND d.kafka_partition = f.kafka_partition AND d.kafka_offset = f.kafka_offset)
      """
          .formatted(KEPT);

  private final Lake lake;
  private final Events events;

  public KeepRows(Lake lake, Pipeline pipeline) {
    this.lake = lake;
    this.events = new Events(pipeline);
  }

  @Override
  public Optional<Released> released(SqlSession session, LakeTable judged) {
    Optional<QuarantineTable> quarantine = QuarantineTable.find(lake, judged.name());
    if (quarantine.isEmpty() || quarantine.get().table().snapshot().rows() == 0) {
      return Optional.empty();
    }
    LakeTable table = quarantine.get().table();
    session.view(KEPT, table.schema(), table.snapshot().files());
    session.table(
        RELEASED,
        "SELECT DISTINCT quarantine_id FROM " + KEPT + " WHERE quarantine_state = 'released'");
    long rows = count(session, "SELECT count(*) AS n FROM " + RELEASED);
    return rows == 0
        ? Optional.empty()
        : Optional.of(
            new Released(
                QuarantineTable.id(judged.schema(), events.said(judged))
                    + " IN (SELECT quarantine_id FROM "
                    + RELEASED
                    + ")"));
  }

  @Override
  public long keep(SqlSession session, String view, LakeTable judged, Failures failures) {
    Optional<QuarantineTable> standing = QuarantineTable.find(lake, judged.name());
    if (failures.expectations().isEmpty() && standing.isEmpty()) {
      return 0;
    }
    QuarantineTable quarantine = QuarantineTable.open(lake, judged);
    makeFailing(session, view, quarantine, judged, failures);
    while (true) {
      List<LakeFile> files = quarantine.table().snapshot().files();
      session.view(KEPT, quarantine.table().schema(), files);
      String stands = Events.tells(quarantine.own()) ? STANDS : "TRUE";
      String fresh =
          "FROM %1$s AS f WHERE NOT EXISTS (SELECT 1 FROM %2$s AS q WHERE q.%3$s AND q.quarantine_id = f.quarantine_id) AND %4$s"
              .formatted(FAILING, KEPT, OPEN, stands);
      String mended =
          "%s AND quarantine_id NOT IN (SELECT quarantine_id FROM %s)".formatted(OPEN, FAILING);
      if (failures.whole() && saysOtherwise(session)) {
        var _ = exchange(session, quarantine, files, "RESTATE", restated(quarantine));
        continue;
      }
      long fails =
          count(session, "SELECT count(*) AS n FROM %s AS f WHERE %s".formatted(FAILING, stands));
      long added = count(session, "SELECT count(*) AS n " + fresh);
      // Beyond the most that is kept, absence says nothing.
      long gone =
          failures.whole() && fails < MOST_ROWS
              ? count(session, "SELECT count(*) AS n FROM " + KEPT + " WHERE " + mended)
              : 0;
      String columns = columns(quarantine);
      if (added > 0 && !append(session, quarantine, "SELECT " + columns + " " + fresh)) {
        continue;
      }
      if (gone > 0) {
        String marked =
            ChangeRows.changed(
                quarantine,
                KEPT,
                mended,
                KeptState.MENDED,
                Optional.empty(),
                micros(failures.at()));
        if (!exchange(session, quarantine, files, "MEND", marked)) {
          continue;
        }
      }
      return failures.whole()
          ? count(session, "SELECT count(*) AS n FROM " + KEPT + " WHERE " + OPEN) + added - gone
          : fails;
    }
  }

  private boolean append(SqlSession session, QuarantineTable quarantine, String sql) {
    List<LakeFile> files =
        session.write(
            sql, quarantine.table().schema(), Optional.empty(), quarantine.table()::dataFolder);
    return quarantine.commit("KEEP", files, List.of());
  }

  /// Whether open rows fail otherwise than is said of them, because the suite is another now.
  private static boolean saysOtherwise(SqlSession session) {
    return count(
            session,
            """
            SELECT count(*) AS n FROM %s AS q JOIN %s AS f ON f.quarantine_id = q.quarantine_id
            WHERE q.%s AND (f.quarantine_reasons <> q.quarantine_reasons
              OR f.quarantine_consequence <> q.quarantine_consequence)
            """
                .formatted(KEPT, FAILING, OPEN))
        > 0;
  }

  /// All rows, of those that are open and fail again what is said now; when they were found stays.
  private static String restated(QuarantineTable quarantine) {
    Set<String> said =
        Set.of(
            "quarantine_reasons",
            "quarantine_consequence",
            "quarantine_suite",
            "quarantine_version");
    String columns =
        quarantine.table().schema().columns().stream()
            .map(Column::name)
            .map(
                name ->
                    said.contains(name)
                        ? "coalesce(f.%1$s, q.%1$s) AS %1$s".formatted(name)
                        : "q." + QuarantineTable.quoted(name))
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s AS q LEFT JOIN %s AS f ON q.%s AND f.quarantine_id = q.quarantine_id"
        .formatted(columns, KEPT, FAILING, OPEN);
  }

  /// The files are written anew, their rows as a query has them.
  private static boolean exchange(
      SqlSession session,
      QuarantineTable quarantine,
      List<LakeFile> files,
      String operation,
      String sql) {
    session.view(KEPT, quarantine.table().schema(), files);
    List<LakeFile> anew =
        session.write(
            sql, quarantine.table().schema(), Optional.empty(), quarantine.table()::dataFolder);
    return quarantine.commit(operation, anew, files);
  }

  /// The failing rows, each once, with all that is said of it.
  private void makeFailing(
      SqlSession session,
      String view,
      QuarantineTable quarantine,
      LakeTable judged,
      Failures failures) {
    List<Failing> expectations = failures.expectations();
    if (expectations.isEmpty()) {
      session.table(
          FAILING,
          "SELECT " + columns(quarantine) + " FROM (" + emptyRows(quarantine) + ") AS none");
      return;
    }
    List<String> flags = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < expectations.size(); i++) {
      flags.add(expectations.get(i).predicate() + " AS f" + i + "_");
      reasons.add(
          "CASE WHEN f"
              + i
              + "_ THEN "
              + QuarantineTable.text(json(expectations.get(i).reason()))
              + " END");
    }
    String any =
        java.util.stream.IntStream.range(0, expectations.size())
            .mapToObj(i -> "f" + i + "_")
            .collect(Collectors.joining(" OR "));
    String own =
        quarantine.own().columns().stream()
            .map(
                c ->
                    judged.schema().column(c.name()).isPresent()
                        ? QuarantineTable.quoted(c.name())
                        : "CAST(NULL AS %s) AS %s"
                            .formatted(c.type().sqlName(), QuarantineTable.quoted(c.name())))
            .collect(Collectors.joining(", "));
    String said =
        """
        %s AS quarantine_id, 'open' AS quarantine_state,
        '[' || concat_ws(',', %s) || ']' AS quarantine_reasons, %s AS quarantine_consequence,
        %s AS quarantine_suite, CAST(%d AS bigint) AS quarantine_version,
        timestamp_micros(%d) AS quarantine_at, CAST(NULL AS varchar) AS quarantine_note,
        CAST(NULL AS timestamptz) AS quarantine_changed_at
        """
            .formatted(
                QuarantineTable.id(judged.schema(), events.said(judged)),
                String.join(", ", reasons),
                consequence(expectations),
                QuarantineTable.text(failures.suite()),
                failures.version(),
                micros(failures.at()));
    session.table(
        FAILING,
        """
        SELECT %1$s FROM (
          SELECT *, row_number() OVER (PARTITION BY quarantine_id ORDER BY quarantine_id) AS nth_
          FROM (SELECT %2$s, %3$s FROM (SELECT *, %4$s FROM "%5$s") AS flagged WHERE %6$s) AS failing
        ) AS numbered WHERE nth_ = 1 LIMIT %7$d
        """
            .formatted(
                columns(quarantine), own, said, String.join(", ", flags), view, any, MOST_ROWS));
  }

  private static String emptyRows(QuarantineTable quarantine) {
    return quarantine.table().schema().columns().stream()
        .map(c -> "CAST(NULL AS %s) AS %s".formatted(sqlName(c), QuarantineTable.quoted(c.name())))
        .collect(Collectors.joining(", ", "SELECT ", " LIMIT 0"));
  }

  private static String sqlName(Column column) {
    return switch (column.type()) {
      case TIMESTAMP -> "timestamptz";
      case STRING, BOOLEAN, INT, BIGINT, DOUBLE, DATE, BINARY -> column.type().sqlName();
    };
  }

  private static String consequence(List<Failing> expectations) {
    StringBuilder sql = new StringBuilder("CASE");
    for (Consequence grave :
        List.of(Consequence.STOP_FLOW, Consequence.STOP_LOAD, Consequence.WARN)) {
      String which =
          java.util.stream.IntStream.range(0, expectations.size())
              .filter(i -> expectations.get(i).consequence() == grave)
              .mapToObj(i -> "f" + i + "_")
              .collect(Collectors.joining(" OR "));
      if (!which.isEmpty()) {
        sql.append(" WHEN ").append(which).append(" THEN '").append(grave.jsonName()).append("'");
      }
    }
    return sql.append(" WHEN FALSE THEN '' ELSE 'record' END").toString();
  }

  private static String columns(QuarantineTable quarantine) {
    return quarantine.table().schema().columns().stream()
        .map(Column::name)
        .map(QuarantineTable::quoted)
        .collect(Collectors.joining(", "));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static String json(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A text can be written", e);
    }
  }

  static long count(SqlSession session, String sql) {
    return session.rows(sql).getFirst().get("n") instanceof Number n ? n.longValue() : 0;
  }
}
