package dev.millrace.engine.transform;

import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildOutcome.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lives through a case on Delta tables and compares each build with a computation from all of
/// Bronze.
final class IncrementalWorld {

  /// When a row was computed, and the name of a file that may have been merged into another since.
  private static final Set<String> LINEAGE = Set.of("processing_timestamp", "source_file");

  private static final double TOLERANCE = 1e-9;

  private final TransformFixture fixture;
  private final Pipeline pipeline;
  private final IncrementalCase story;

  /// How often each way of building was taken.
  final Map<String, Integer> modes = new TreeMap<>();

  IncrementalWorld(Path folder, SqlEngine engine, IncrementalCase story) {
    this.story = story;
    fixture =
        new TransformFixture(
            new DeltaLake(folder.resolve("lake"), "test", InstantSource.system()), engine);
    fixture.builder = new BuildTable(40, 1_000_000, 60);
    pipeline = pipeline(fixture.pipeline, story.lookback());
  }

  /// What went wrong first; empty when every build equals a rebuild.
  Optional<String> fault() {
    int number = 0;
    for (IncrementalCase.Step step : story.steps()) {
      number++;
      Optional<String> fault =
          switch (step) {
            case IncrementalCase.Step.Append(List<Reading> readings) -> {
              if (!readings.isEmpty()) {
                fixture.append(readings);
              }
              yield Optional.empty();
            }
            case IncrementalCase.Step.Compact(String table) -> {
              compact(TableName.parse(table).orElseThrow());
              yield Optional.empty();
            }
            case IncrementalCase.Step.Erase(String sensor, boolean vacuum) -> {
              erase(sensor, vacuum);
              yield Optional.empty();
            }
            case IncrementalCase.Step.Build() -> build();
          };
      if (fault.isPresent()) {
        return Optional.of("step " + number + ": " + fault.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> build() {
    for (DerivedTable table : tables()) {
      Mode mode =
          fixture.build(pipeline, table.name().toString()) instanceof Built built
              ? built.mode()
              : null;
      String name =
          switch (mode) {
            case null -> "up to date";
            case Mode.Appended() -> "appended";
            case Mode.Rewrote(int _) -> "rewrote";
            case Mode.Rebuilt(String reason) -> "rebuilt: " + reason;
          };
      modes.merge(name, 1, Integer::sum);
    }
    return difference();
  }

  private List<DerivedTable> tables() {
    return pipeline.tables().stream()
        .filter(
            t -> t.reach() instanceof Reach.Lookback || story.gold().contains(t.name().toString()))
        .toList();
  }

  /// Compares all tables with what their SQL gives over all of Bronze.
  private Optional<String> difference() {
    try (SqlSession session = fixture.engine.session()) {
      LakeTable bronze = fixture.lake.find(TransformFixture.BRONZE).orElseThrow();
      session.view(BuildTable.viewName(bronze.name()), bronze.schema(), bronze.snapshot().files());
      List<List<Object>> ranges = new ArrayList<>();
      pipeline.ranges().forEach((kind, r) -> ranges.add(List.of(kind, r.low(), r.high())));
      session.values("ranges", BuildTable.RANGES, ranges);
      for (DerivedTable table : tables()) {
        String view = BuildTable.viewName(table.name());
        session.table(
            view, SqlParameters.of(pipeline.version(), TransformFixture.NOW).putInto(table.sql()));
        LakeTable stands = fixture.lake.find(table.name()).orElseThrow();
        session.view("_stands", stands.schema(), stands.snapshot().files());
        Optional<String> fault =
            difference(
                table,
                session.rows("SELECT * FROM " + view),
                session.rows("SELECT " + Columns.of(session, stands.schema()) + " FROM _stands"));
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(
      DerivedTable table, List<Map<String, Object>> expected, List<Map<String, Object>> actual) {
    Map<List<String>, Map<String, Object>> byKey = new HashMap<>();
    for (Map<String, Object> row : actual) {
      if (byKey.put(key(table, row), row) != null) {
        return Optional.of(table.name() + " holds a row twice: " + row);
      }
    }
    for (Map<String, Object> row : expected) {
      Map<String, Object> other = byKey.remove(key(table, row));
      if (other == null) {
        return Optional.of(table.name() + " lacks " + row);
      }
      for (Map.Entry<String, Object> value : row.entrySet()) {
        if (!LINEAGE.contains(value.getKey())
            && !same(value.getValue(), other.get(value.getKey()), scale(row))) {
          return Optional.of(
              table.name() + "." + value.getKey() + " is not as rebuilt\n" + other + "\n" + row);
        }
      }
    }
    return byKey.values().stream()
        .findFirst()
        .map(row -> table.name() + " holds what a rebuild does not: " + row);
  }

  private static List<String> key(DerivedTable table, Map<String, Object> row) {
    return table.key().stream().map(column -> String.valueOf(row.get(column))).toList();
  }

  /// The largest number of the row: sums are rounded by its magnitude.
  private static double scale(Map<String, Object> row) {
    return row.values().stream()
        .filter(Double.class::isInstance)
        .mapToDouble(v -> Math.abs((Double) v))
        .max()
        .orElse(1);
  }

  private static boolean same(@Nullable Object a, @Nullable Object b, double scale) {
    if (a instanceof Double x && b instanceof Double y) {
      return Math.abs(x - y) <= TOLERANCE * Math.max(1, scale);
    }
    return Objects.equals(a, b);
  }

  private void compact(TableName name) {
    Optional<LakeTable> found = fixture.lake.find(name);
    if (found.isEmpty()) {
      return;
    }
    LakeTable table = found.get();
    Map<LocalDate, List<LakeFile>> dates = new TreeMap<>();
    for (LakeFile file : table.snapshot().files()) {
      dates.computeIfAbsent(file.partitionValue().orElseThrow(), _ -> new ArrayList<>()).add(file);
    }
    List<LakeFile> old =
        dates.values().stream().filter(files -> files.size() > 1).flatMap(List::stream).toList();
    if (!old.isEmpty()) {
      commit(
          table,
          LakeCommit.rearranging("OPTIMIZE", written(table, old, "SELECT %s FROM _old"), old));
    }
  }

  private void erase(String sensor, boolean vacuum) {
    LakeTable bronze = fixture.lake.find(TransformFixture.BRONZE).orElseThrow();
    List<LakeFile> old = bronze.snapshot().files();
    if (old.isEmpty()) {
      return;
    }
    List<LakeFile> without =
        written(
            bronze, old, "SELECT %s FROM _old WHERE coalesce(sensor_id, '') <> '" + sensor + "'");
    commit(bronze, new LakeCommit("ERASE", without, old, Map.of(), Map.of()));
    if (vacuum) {
      BuildTable.discard(old);
    }
  }

  private List<LakeFile> written(LakeTable table, List<LakeFile> old, String sql) {
    try (SqlSession session = fixture.engine.session()) {
      session.view("_old", table.schema(), old);
      return session.write(
          sql.formatted(Columns.of(session, table.schema())),
          table.schema(),
          table.partition(),
          table::dataFolder);
    }
  }

  private static void commit(LakeTable table, LakeCommit commit) {
    if (!(table.commit(table.snapshot(), commit) instanceof Committed)) {
      throw new IllegalStateException(table.name() + " was changed by another");
    }
  }

  /// The shipped definition, with Silver looking back so many rows.
  private static Pipeline pipeline(Pipeline shipped, int lookback) {
    List<DerivedTable> tables = new ArrayList<>();
    for (DerivedTable table : shipped.tables()) {
      tables.add(
          lookback == 60 || !(table.reach() instanceof Reach.Lookback back)
              ? table
              : new DerivedTable(
                  table.name(),
                  table.from(),
                  table.key(),
                  table.partition(),
                  new Reach.Lookback(lookback, back.entity(), back.time()),
                  table.sqlFile(),
                  replaced(
                      replaced(
                          table.sql(),
                          "BETWEEN 60 PRECEDING",
                          "BETWEEN " + lookback + " PRECEDING"),
                      "seen >= 10",
                      "seen >= 2")));
    }
    return new Pipeline(
        shipped.name(),
        shipped.version(),
        shipped.title(),
        shipped.source(),
        shipped.feeds(),
        shipped.ranges(),
        tables,
        shipped.suites(),
        shipped.warehouse(),
        shipped.flows());
  }

  private static String replaced(String sql, String from, String to) {
    if (!sql.contains(from)) {
      throw new IllegalStateException("The shipped SQL no longer says " + from);
    }
    return sql.replace(from, to);
  }

  /// Removes everything under a folder.
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
