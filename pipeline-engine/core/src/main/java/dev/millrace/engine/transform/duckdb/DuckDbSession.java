package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.FileLayout;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to the engine's database; its views are its own.
final class DuckDbSession implements SqlSession {

  private static final Logger log = LoggerFactory.getLogger(DuckDbSession.class);

  /// Lets the engine reckon how far a statement is, and print nothing.
  private static final List<String> PROGRESS =
      List.of(
          "SET enable_progress_bar = true",
          "SET enable_progress_bar_print = false",
          "SET progress_bar_time = 0");

  /// Rows a thread holds before it hands them to the files of their partitions. By DuckDB's own
  /// number, four times this, a write into twenty files spilled half a gigabyte where a write into
  /// six spilled nothing, and took half as much again of the processor.
  private static final String PARTITIONED = "SET partitioned_write_flush_threshold = " + (1 << 17);

  /// A join's right side goes into its hash table, as SQL is commonly written. DuckDB would choose
  /// the smaller side, but takes each view for one row, since its schema is told and no file opened
  /// (explicit_cardinality is not heard then): all readings went into memory to meet three ranges.
  private static final String JOINS = "SET disabled_optimizers = 'build_side_probe_side'";

  private static final String SOURCE_FILE = "_source_file";

  private final DuckDBConnection connection;
  private final Path scratch;
  private final HeldFiles held;

  /// Files that its views read.
  private final Set<Path> read = new LinkedHashSet<>();

  /// Those of them that are a table's, by where they are read.
  private final Map<Path, LakeFile> data = new LinkedHashMap<>();

  /// Guards {@link #running} against being cancelled after its end, which JDBC calls an error.
  private final ReentrantLock lock = new ReentrantLock();

  /// Set while a statement runs.
  private @Nullable Statement running;

  private volatile boolean writing;

  DuckDbSession(DuckDBConnection connection, Path scratch, LakeFiles files) {
    this.connection = connection;
    this.scratch = scratch;
    this.held = new HeldFiles(files);
  }

  @Override
  public void view(String view, Schema schema, List<LakeFile> files) {
    if (files.isEmpty()) {
      Schema read = schema.with(Column.optional(SOURCE_FILE, ColumnType.STRING));
      values(view, read, List.of());
      return;
    }
    // The schema is told rather than read: no file is opened to learn it, columns come in table
    // order, and a file from before a column was added reads it as null.
    String types =
        schema.columns().stream()
            .map(
                c ->
                    "%1$s: {name: %1$s, type: '%2$s', default_value: NULL}"
                        .formatted(DuckDbTypes.text(c.name()), DuckDbTypes.sqlType(c.type())))
            .collect(Collectors.joining(", "));
    String names =
        schema.columns().stream()
            .map(c -> DuckDbTypes.name(c.name()))
            .collect(Collectors.joining(", "));
    List<Path> here = hold(files);
    String paths =
        here.stream()
            .map(path -> DuckDbTypes.text(path.toAbsolutePath().toString()))
            .collect(Collectors.joining(", "));
    execute(
        """
        CREATE OR REPLACE TEMP VIEW %s AS
        SELECT %s, parse_filename(filename) AS %s
        FROM read_parquet([%s], filename = true, hive_partitioning = false, schema = MAP {%s})\
        """
            .formatted(DuckDbTypes.name(view), names, SOURCE_FILE, paths, types),
        Integer.MAX_VALUE);
  }

  private List<Path> hold(List<LakeFile> files) {
    List<Path> here = held.hold(files);
    read.addAll(here);
    for (int i = 0; i < here.size(); i++) {
      data.put(here.get(i), files.get(i));
    }
    return here;
  }

  @Override
  public void viewAsStored(String view, List<StoredFile> files) {
    List<LakeFile> wanted =
        files.stream()
            .map(f -> new LakeFile(f.path(), 0, f.bytes(), Optional.empty(), Map.of()))
            .toList();
    List<Path> here = hold(wanted);
    String paths =
        here.stream()
            .map(path -> DuckDbTypes.text(path.toAbsolutePath().toString()))
            .collect(Collectors.joining(", "));
    execute(
        "CREATE OR REPLACE TEMP VIEW %s AS SELECT * EXCLUDE (_path), parse_filename(_path) AS %s FROM read_parquet([%s], filename = '_path', hive_partitioning = false, union_by_name = true)"
            .formatted(DuckDbTypes.name(view), SOURCE_FILE, paths),
        Integer.MAX_VALUE);
  }

  @Override
  public Schema viewOfFile(String view, Path file) {
    Schema schema = new ReadFile(this).into(view, file);
    read.add(file);
    return schema;
  }

  @Override
  public void seal() {
    String paths =
        read.stream()
            .map(path -> DuckDbTypes.text(path.toAbsolutePath().toString()))
            .collect(Collectors.joining(", "));
    execute("SET GLOBAL allowed_paths = [" + paths + "]", 0);
    execute("SET GLOBAL enable_external_access = false", 0);
    execute("SET GLOBAL lock_configuration = true", 0);
  }

  @Override
  public void values(String view, Schema schema, List<List<Object>> rows) {
    String columns =
        IntStream.range(0, schema.size())
            .mapToObj(
                i -> {
                  Column column = schema.columns().get(i);
                  return DuckDbTypes.cast("v" + i, column.type())
                      + " AS "
                      + DuckDbTypes.name(column.name());
                })
            .collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, schema.size()).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
    List<List<Object>> standIn =
        List.of(Collections.unmodifiableList(Arrays.asList(new Object[schema.size()])));
    String literals =
        (rows.isEmpty() ? standIn : rows)
            .stream()
                .map(
                    row ->
                        row.stream()
                            .map(DuckDbTypes::literal)
                            .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
    execute(
        "CREATE OR REPLACE TEMP VIEW %s AS SELECT %s FROM (VALUES %s) AS t(%s)%s"
            .formatted(
                DuckDbTypes.name(view), columns, literals, names, rows.isEmpty() ? " LIMIT 0" : ""),
        Integer.MAX_VALUE);
  }

  @Override
  public void query(String view, String sql) {
    execute(
        "CREATE OR REPLACE TEMP VIEW %s AS\n%s".formatted(DuckDbTypes.name(view), bare(sql)), 1);
  }

  @Override
  public void table(String table, String sql) {
    execute(
        "CREATE OR REPLACE TEMP TABLE %s AS\n%s".formatted(DuckDbTypes.name(table), bare(sql)), 1);
  }

  @Override
  public String digest(Schema columns) {
    return columns.columns().stream()
        .map(column -> DuckDbTypes.name(column.name()))
        .collect(Collectors.joining(", ", "CAST(hash(", ") >> 2 AS BIGINT)"));
  }

  @Override
  public Schema describe(String sql) {
    List<Column> columns = new ArrayList<>();
    run(
        "DESCRIBE\n" + bare(sql),
        1,
        results -> {
          while (results.next()) {
            String name = results.getString(1);
            columns.add(Column.optional(name, DuckDbTypes.columnType(name, results.getString(2))));
          }
        });
    return new Schema(columns);
  }

  @Override
  public List<Map<String, Object>> rows(String sql) {
    List<Map<String, Object>> rows = new ArrayList<>();
    run(
        bare(sql),
        0,
        results -> {
          int width = results.getMetaData().getColumnCount();
          List<String> names = new ArrayList<>();
          for (int i = 1; i <= width; i++) {
            names.add(results.getMetaData().getColumnName(i));
          }
          while (results.next()) {
            Map<String, Object> row = LinkedHashMap.newLinkedHashMap(width);
            for (int i = 1; i <= width; i++) {
              put(row, names.get(i - 1), DuckDbTypes.value(results, i));
            }
            rows.add(row);
          }
        });
    return rows;
  }

  @Override
  public void forEachRow(String sql, Consumer<List<Object>> row) {
    run(
        bare(sql),
        0,
        results -> {
          Object[] values = new Object[results.getMetaData().getColumnCount()];
          List<Object> list = Collections.unmodifiableList(Arrays.asList(values));
          while (results.next()) {
            for (int i = 0; i < values.length; i++) {
              set(values, i, DuckDbTypes.value(results, i + 1));
            }
            row.accept(list);
          }
        });
  }

  @Override
  public void answer(String sql, Consumer<List<String>> head, Consumer<List<Object>> row) {
    run(
        bare(sql),
        0,
        results -> {
          List<String> names = new ArrayList<>();
          Object[] values = new Object[results.getMetaData().getColumnCount()];
          for (int i = 1; i <= values.length; i++) {
            names.add(results.getMetaData().getColumnName(i));
          }
          head.accept(List.copyOf(names));
          List<Object> list = Collections.unmodifiableList(Arrays.asList(values));
          while (results.next()) {
            for (int i = 0; i < values.length; i++) {
              set(values, i, DuckDbTypes.exact(results.getObject(i + 1)));
            }
            row.accept(list);
          }
        });
  }

  @Override
  public List<LakeFile> write(
      String sql, Schema schema, FileLayout layout, Function<Optional<LocalDate>, Path> folder) {
    PROGRESS.forEach(setting -> execute(setting, Integer.MAX_VALUE));
    execute(PARTITIONED, Integer.MAX_VALUE);
    execute(JOINS, Integer.MAX_VALUE);
    writing = true;
    try {
      return new WriteParquet(this, scratch).write(bare(sql), schema, layout, folder);
    } finally {
      writing = false;
    }
  }

  @Override
  public List<LakeFile> writeInOrder(String sql, Schema schema, long fileRows, Path folder) {
    return new WriteParquet(this, scratch, WriteParquet.filesOf(fileRows))
        .write(bare(sql), schema, FileLayout.by(Optional.empty()), _ -> folder);
  }

  @Override
  public void cancel() {
    held.cancel();
    lock.lock();
    try {
      if (running != null) {
        running.cancel();
      }
    } catch (SQLException e) {
      if (!hasEnded()) {
        throw DuckDbErrors.of(e, Integer.MAX_VALUE);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether the statement ended by itself: the driver closes one that fails.
  private boolean hasEnded() {
    try {
      return running == null || running.isClosed();
    } catch (SQLException e) {
      throw DuckDbErrors.of(e, Integer.MAX_VALUE);
    }
  }

  @Override
  public OptionalDouble written() {
    lock.lock();
    try {
      if (!writing || !(running instanceof DuckDBPreparedStatement statement)) {
        return OptionalDouble.empty();
      }
      double percent = statement.getQueryProgress().getPercentage();
      return percent < 0 ? OptionalDouble.empty() : OptionalDouble.of(percent / 100);
    } catch (SQLException e) {
      if (hasEnded()) {
        return OptionalDouble.empty();
      }
      throw DuckDbErrors.of(e, Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  private void running(@Nullable Statement statement) {
    lock.lock();
    try {
      running = statement;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw DuckDbErrors.of(e, Integer.MAX_VALUE);
    } finally {
      held.close();
    }
  }

  /// Reads what a statement returned.
  interface Reader {
    void read(ResultSet results) throws SQLException;
  }

  /// Runs one statement and reads its result to the end.
  ///
  /// @param linesBefore lines of ours before the author's SQL, for the place in an error
  void run(String sql, int linesBefore, Reader reader) {
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      running(statement);
      try {
        if (statement.execute(sql)) {
          try (ResultSet results = statement.getResultSet()) {
            reader.read(results);
          }
        }
      } finally {
        running(null);
      }
    } catch (SQLException e) {
      throw DamagedFile.of(e, data).orElseGet(() -> DuckDbErrors.of(e, linesBefore));
    } finally {
      if (log.isTraceEnabled()) {
        log.trace("{} ms: {}", (System.nanoTime() - begun) / 1_000_000, sql);
      }
    }
  }

  private void execute(String sql, int linesBefore) {
    run(sql, linesBefore, _ -> {});
  }

  /// The statement without a semicolon at its end, fit to stand inside another.
  private static String bare(String sql) {
    String text = sql.stripTrailing();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    return text;
  }

  @SuppressWarnings("NullAway") // The port's rows hold null for a SQL null.
  private static void put(Map<String, Object> row, String name, @Nullable Object value) {
    row.put(name, value);
  }

  @SuppressWarnings("NullAway") // As above.
  private static void set(Object[] values, int index, @Nullable Object value) {
    values[index] = value;
  }
}
