package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.quality.expectation.RowConditions;
import dev.millrace.engine.quality.expectation.WrongArgument;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The rows of a slice as a view.
///
/// @param schema the columns of the version
record SliceView(
    Pipeline pipeline, LakeTable table, LakeSnapshot snapshot, Slice slice, Schema schema) {

  private static final String STORED = "stored";

  SliceView(Pipeline pipeline, LakeTable table, LakeSnapshot snapshot, Slice slice) {
    this(
        pipeline,
        table,
        snapshot,
        slice,
        slice.version().map(table::schemaAt).orElseGet(table::schema));
  }

  /// Columns that tell a row from all others; empty when nothing says.
  List<String> key() {
    List<String> coordinates =
        List.of(Feed.KAFKA_TOPIC.name(), Feed.KAFKA_PARTITION.name(), Feed.KAFKA_OFFSET.name());
    return Stream.of(pipeline.table(table.name()).map(t -> t.key()).orElse(List.of()), coordinates)
        .filter(columns -> !columns.isEmpty())
        .filter(columns -> columns.stream().allMatch(c -> schema.column(c).isPresent()))
        .findFirst()
        .orElse(List.of());
  }

  /// The order in which the rows came, where their coordinates tell, or that of their key.
  String order() {
    boolean coordinates =
        Stream.of(Feed.KAFKA_TOPIC, Feed.KAFKA_PARTITION, Feed.KAFKA_OFFSET)
            .allMatch(c -> schema.column(c.name()).isPresent());
    return coordinates
        ? "kafka_topic, kafka_partition, kafka_offset"
        : String.join(", ", key().stream().map(SliceView::quoted).toList());
  }

  /// How many rows a slice has.
  ///
  /// @param judged released ones left out
  /// @param released those that were left out
  record Taken(long judged, long released) {}

  Taken make(SqlSession session, String view, Optional<FailingRows.Released> released) {
    List<LakeFile> files = files();
    List<String> conditions = new ArrayList<>();
    slice.from().ifPresent(from -> conditions.add(time() + " >= " + literal(from)));
    slice.until().ifPresent(until -> conditions.add(time() + " < " + literal(until)));
    slice.where().ifPresent(where -> conditions.add(condition(where)));
    long all = files.stream().mapToLong(LakeFile::rows).sum();
    if (conditions.isEmpty() && released.isEmpty()) {
      session.view(view, schema, files);
      return new Taken(all, 0);
    }
    session.view(STORED, schema, files);
    String slice = conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions);
    String judged = slice + released.map(r -> " AND NOT (" + r.predicate() + ")").orElse("");
    session.query(view, "SELECT * FROM " + STORED + " WHERE " + judged);
    long rows = count(session, view, "TRUE");
    if (released.isEmpty()) {
      return new Taken(rows, 0);
    }
    return new Taken(rows, (conditions.isEmpty() ? all : count(session, STORED, slice)) - rows);
  }

  private static long count(SqlSession session, String view, String condition) {
    String sql = "SELECT count(*) AS n FROM " + view + " WHERE " + condition;
    return session.rows(sql).getFirst().get("n") instanceof Number number ? number.longValue() : 0;
  }

  private List<LakeFile> files() {
    if (slice.newSince().isEmpty()) {
      return snapshot.files();
    }
    long since = slice.newSince().get();
    return added(table, snapshot, since).orElseThrow(() -> untold(since));
  }

  /// Files that came to a table after a version; empty when nothing tells them, because there is no
  /// such version, the log no longer reaches back to it, or their bytes are gone.
  static Optional<List<LakeFile>> added(LakeTable table, LakeSnapshot snapshot, long since) {
    return since < 0 || since > snapshot.version()
        ? Optional.empty()
        : table
            .changes(since, snapshot.version())
            .map(LakeChanges::added)
            .filter(added -> added.stream().allMatch(table::isThere));
  }

  private MillraceException untold(long since) {
    return since < 0 || since > snapshot.version()
        ? new MillraceException(
            ErrorCode.USAGE,
            "%s has no version %d: %d is the newest that is judged, and nothing is new since then"
                .formatted(table.name(), since, snapshot.version()),
            "name a version before it, or have the whole table judged")
        : new MillraceException(
            ErrorCode.USAGE,
            "Nothing tells any more what came to %s since version %d"
                .formatted(table.name(), since),
            "name a later version, or have the whole table judged");
  }

  private String condition(String where) {
    try {
      return RowConditions.sql(where, schema);
    } catch (WrongArgument e) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "The slice cannot be taken: " + e.reason(),
          "write it as a row condition, for example col(\"sensor_type\") == \"humidity\"");
    }
  }

  /// The column that says when a row's event was.
  private String time() {
    Stream<String> named =
        Stream.concat(
            pipeline.table(table.name()).stream()
                .map(t -> t.reach())
                .filter(Reach.Window.class::isInstance)
                .map(reach -> ((Reach.Window) reach).start()),
            pipeline.feeds().stream().map(feed -> feed.roles().time()));
    return named
        .filter(
            column ->
                schema
                    .column(column)
                    .filter(c -> c.type() == ColumnType.TIMESTAMP || c.type() == ColumnType.DATE)
                    .isPresent())
        .findFirst()
        .map(SliceView::quoted)
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    table.name() + " has no column that says when an event was",
                    "take the slice by a row condition instead"));
  }

  private static String literal(Instant time) {
    return "timestamp_micros(" + ChronoUnit.MICROS.between(Instant.EPOCH, time) + ")";
  }

  private static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }
}
