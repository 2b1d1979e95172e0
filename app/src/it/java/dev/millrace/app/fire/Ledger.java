package dev.millrace.app.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Bronze and the dead letters hold of a topic, counted coordinate by coordinate.
///
/// It holds at any moment, whatever was killed: below Bronze's marker every offset stands in
/// exactly one of the two tables; at and beyond it Bronze holds nothing, and the dead letters
/// nothing twice.
///
/// @param events offsets below Bronze's markers
/// @param deadLetters of the rows that stand, those in the dead letters
/// @param lost offsets below a marker that stand in neither table
/// @param doubled rows whose coordinates stand already
/// @param beyond rows of Bronze at or beyond their marker
/// @param markers Bronze's, by partition
/// @param files Parquet files below the tables' folders, orphans too
/// @param orphans those of them that no table knows
record Ledger(
    long events,
    long deadLetters,
    long lost,
    long doubled,
    long beyond,
    TreeMap<Integer, Long> markers,
    Set<Path> files,
    long orphans) {

  private static final String NOTHING =
      "SELECT 0::INTEGER AS kafka_partition, 0::BIGINT AS kafka_offset WHERE false";

  static Ledger read(Path lake, Feed feed) {
    DeltaLake tables = new DeltaLake(lake, "Fire", InstantSource.system());
    // Bronze first: what its markers promise of the dead letters was committed before.
    Optional<LakeSnapshot> bronze = tables.find(feed.bronze()).map(LakeTable::snapshot);
    Optional<LakeSnapshot> dead = tables.find(feed.deadLetters()).map(LakeTable::snapshot);
    TreeMap<Integer, Long> markers = new TreeMap<>();
    bronze.ifPresent(s -> s.nextOffsets().forEach((at, next) -> markers.put(at.partition(), next)));
    Set<Path> files = files(lake, feed.bronze());
    files.addAll(files(lake, feed.deadLetters()));
    long known =
        Stream.of(bronze, dead).flatMap(Optional::stream).mapToLong(s -> s.files().size()).sum();
    long promised = markers.values().stream().mapToLong(Long::longValue).sum();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery(sql(bronze, dead, markers))) {
      row.next();
      return new Ledger(
          promised,
          row.getLong("dead"),
          promised - row.getLong("kept"),
          row.getLong("n") - row.getLong("different"),
          row.getLong("beyond"),
          markers,
          files,
          files.size() - known);
    } catch (SQLException e) {
      throw new AssertionError("The tables cannot be read", e);
    }
  }

  /// Fails where an event is lost, doubled, or stands beyond what the marker says.
  void check() {
    assertThat(lost).as("offsets in neither table").isZero();
    assertThat(doubled).as("rows of one offset").isZero();
    assertThat(beyond).as("rows of Bronze beyond its marker").isZero();
  }

  /// Bronze's markers alone, by partition.
  static Map<Integer, Long> markers(Path lake, Feed feed) {
    TreeMap<Integer, Long> markers = new TreeMap<>();
    new DeltaLake(lake, "Fire", InstantSource.system())
        .find(feed.bronze())
        .ifPresent(
            table ->
                table
                    .snapshot()
                    .nextOffsets()
                    .forEach((at, next) -> markers.put(at.partition(), next)));
    return markers;
  }

  private static String sql(
      Optional<LakeSnapshot> bronze, Optional<LakeSnapshot> dead, TreeMap<Integer, Long> markers) {
    String marked =
        Stream.concat(
                Stream.of("(-1, 0)"),
                markers.entrySet().stream().map(e -> "(" + e.getKey() + ", " + e.getValue() + ")"))
            .collect(Collectors.joining(", "));
    return """
    WITH rows_held AS (
      SELECT kafka_partition, kafka_offset, false AS dead FROM (%s)
      UNION ALL
      SELECT kafka_partition, kafka_offset, true FROM (%s)),
    judged AS (
      SELECT r.*, kafka_offset < coalesce(m.marker, 0) AS below
      FROM rows_held r LEFT JOIN (VALUES %s) AS m(partition, marker)
        ON m.partition = r.kafka_partition)
    SELECT count(*) AS n, count(*) FILTER (WHERE dead) AS dead,
      count(DISTINCT (kafka_partition, kafka_offset)) AS different,
      count(DISTINCT (kafka_partition, kafka_offset)) FILTER (WHERE below) AS kept,
      count(*) FILTER (WHERE NOT below AND NOT dead) AS beyond
    FROM judged
    """
        .formatted(select(bronze), select(dead), marked);
  }

  private static String select(Optional<LakeSnapshot> table) {
    String files =
        table.stream()
            .flatMap(s -> s.files().stream())
            .map(LakeFile::path)
            .map(p -> "'" + p + "'")
            .collect(Collectors.joining(", "));
    return files.isEmpty()
        ? NOTHING
        : "SELECT kafka_partition, kafka_offset FROM read_parquet([%s], hive_partitioning = false)"
            .formatted(files);
  }

  private static Set<Path> files(Path lake, TableName name) {
    Path folder = lake.resolve(name.layer().sqlName()).resolve(name.name());
    if (!Files.isDirectory(folder)) {
      return new TreeSet<>();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(p -> p.toString().endsWith(".parquet"))
          .filter(p -> !p.toString().contains("_delta_log"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
