package dev.millrace.engine.transform.spark;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.FileLayout;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.connect.client.SparkResult;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/// One session of the server; its views are its own.
final class SparkSqlSession implements SqlSession {

  private static final String SOURCE_FILE = "_source_file";

  /// What Hadoop takes for a pattern in a path that is read.
  private static final Pattern GLOB = Pattern.compile("[\\\\{}\\[\\]*?]");

  private final ConnectServer.Connection connection;
  private final ClusterFiles files;
  private final FileFooters footers;

  /// Whether a statement runs; read by the thread that cancels.
  private volatile boolean running;

  /// Whether the connection was lost, so that saying goodbye would only cost time.
  private boolean lost;

  SparkSqlSession(ConnectServer.Connection connection, ClusterFiles files, FileFooters footers) {
    this.connection = connection;
    this.files = files;
    this.footers = footers;
  }

  @Override
  public void view(String view, Schema schema, List<LakeFile> read) {
    if (read.isEmpty()) {
      values(view, schema.with(Column.optional(SOURCE_FILE, ColumnType.STRING)), List.of());
      return;
    }
    String[] addresses =
        read.stream()
            .map(f -> GLOB.matcher(files.address(f.path())).replaceAll("\\\\$0"))
            .toArray(String[]::new);
    run(
        "",
        () -> {
          // The schema is told rather than read: a file from before a column was added reads it as
          // null, and folder names say nothing, for each file is named by itself.
          connection
              .session()
              .read()
              .schema(SparkTypes.struct(schema))
              .parquet(addresses)
              .selectExpr("*", "_metadata.file_name AS " + SOURCE_FILE)
              .createOrReplaceTempView(view);
          return view;
        });
  }

  @Override
  public void values(String view, Schema schema, List<List<Object>> rows) {
    List<Row> literals = new ArrayList<>(rows.size());
    for (List<Object> row : rows) {
      Object[] values = new Object[schema.size()];
      for (int i = 0; i < values.length; i++) {
        set(values, i, SparkTypes.literal(row.get(i), schema.columns().get(i)));
      }
      literals.add(RowFactory.create(values));
    }
    run(
        "",
        () -> {
          connection
              .session()
              .createDataFrame(literals, SparkTypes.struct(schema))
              .createOrReplaceTempView(view);
          return view;
        });
  }

  @Override
  public void query(String view, String sql) {
    run(
        sql,
        () -> {
          connection.session().sql(bare(sql)).createOrReplaceTempView(view);
          return view;
        });
  }

  /// The rows are kept on the cluster, cut off from the plan that made them, until the session
  /// ends.
  @Override
  public void table(String table, String sql) {
    run(
        sql,
        () -> {
          connection.session().sql(bare(sql)).localCheckpoint().createOrReplaceTempView(table);
          return table;
        });
  }

  @Override
  public String quoted(String name) {
    return SparkTypes.name(name);
  }

  /// Whether a value is there counts too, for Spark's digest passes over what is not.
  @Override
  public String digest(Schema columns) {
    return columns.columns().stream()
        .map(column -> SparkTypes.name(column.name()))
        .map(name -> name + ", " + name + " IS NULL")
        .collect(Collectors.joining(", ", "shiftrightunsigned(xxhash64(", "), 2)"));
  }

  @Override
  public Schema describe(String sql) {
    return run(
        sql,
        () ->
            new Schema(
                Arrays.stream(connection.session().sql(bare(sql)).schema().fields())
                    .map(f -> Column.optional(f.name(), SparkTypes.columnType(f)))
                    .toList()));
  }

  @Override
  public List<Map<String, Object>> rows(String sql) {
    List<Map<String, Object>> rows = new ArrayList<>();
    read(
        sql,
        (names, values) -> {
          Map<String, Object> row = LinkedHashMap.newLinkedHashMap(names.size());
          for (int i = 0; i < values.length; i++) {
            row.put(names.get(i), values[i]);
          }
          rows.add(row);
        });
    return rows;
  }

  @Override
  public void forEachRow(String sql, Consumer<List<Object>> row) {
    read(sql, (_, values) -> row.accept(Collections.unmodifiableList(Arrays.asList(values))));
  }

  /// Takes one row; the array is reused.
  private interface RowReader {
    void read(List<String> names, Object[] values);
  }

  private void read(String sql, RowReader reader) {
    run(
        sql,
        () -> {
          Dataset<Row> result = connection.session().sql(bare(sql));
          StructField[] fields = result.schema().fields();
          List<String> names = Arrays.stream(fields).map(StructField::name).toList();
          DataType[] types =
              Arrays.stream(fields).map(StructField::dataType).toArray(DataType[]::new);
          // By place rather than by name, for two columns may share one.
          String[] places =
              IntStream.range(0, types.length).mapToObj(i -> "c" + i).toArray(String[]::new);
          String[] carried =
              IntStream.range(0, types.length)
                  .mapToObj(i -> SparkTypes.carried(places[i], types[i]) + " AS c" + i)
                  .toArray(String[]::new);
          Object[] values = new Object[types.length];
          // Not the public iterator, which leaves its last batch behind.
          try (SparkResult<Row> rows = streamed(result.toDF(places).selectExpr(carried))) {
            CloseableIterator<Row> each = rows.destructiveIterator();
            try {
              while (each.hasNext()) {
                Row row = each.next();
                for (int i = 0; i < types.length; i++) {
                  set(values, i, SparkTypes.value(row.get(i), types[i]));
                }
                reader.read(names, values);
              }
            } finally {
              letGo(each);
            }
          }
          return names;
        });
  }

  private static void letGo(CloseableIterator<Row> rows) {
    try {
      rows.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("A result could not be let go", e);
    }
  }

  private static SparkResult<Row> streamed(Dataset<Row> rows) {
    return ((org.apache.spark.sql.connect.Dataset<Row>) rows).collectResult();
  }

  @Override
  public List<LakeFile> write(
      String sql, Schema schema, FileLayout layout, Function<Optional<LocalDate>, Path> folder) {
    return run(
        sql,
        () ->
            new WriteOnCluster(files, footers)
                .write(connection.session().sql(bare(sql)), schema, layout, folder));
  }

  @Override
  public void cancel() {
    if (running) {
      OwnLoader.within(
          () -> {
            try {
              return connection.session().interruptAll();
            } catch (Throwable e) {
              throw SparkErrors.of(e, connection.address(), "");
            }
          });
    }
  }

  @Override
  public void close() {
    OwnLoader.within(
        () -> {
          if (lost) {
            connection.client().shutdown();
          } else {
            connection.session().close();
          }
          return connection;
        });
  }

  /// Runs one piece of work on the server.
  ///
  /// @param sql the author's SQL, for the place in an error
  private <T> T run(String sql, Supplier<T> work) {
    return OwnLoader.within(
        () -> {
          running = true;
          try {
            return work.get();
          } catch (Throwable e) {
            MillraceException told = SparkErrors.of(e, connection.address(), sql);
            lost |= told.code() == ErrorCode.SERVICE;
            throw told;
          } finally {
            running = false;
          }
        });
  }

  /// The statement without a semicolon at its end.
  private static String bare(String sql) {
    String text = sql.stripTrailing();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    return text;
  }

  @SuppressWarnings("NullAway") // The port's rows hold null for a SQL null.
  private static void set(Object[] values, int index, @Nullable Object value) {
    values[index] = value;
  }
}
