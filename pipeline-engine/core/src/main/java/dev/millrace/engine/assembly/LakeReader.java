package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A pipeline's lake opened for looking, without broker or database. Any thread may call.
public final class LakeReader implements AutoCloseable {

  /// Ending of the view that also tells each row's file.
  private static final String FILES = "_with_files";

  private final Pipeline pipeline;
  private final Lakes lakes;
  private final Lake lake;
  private final SqlEngine sql;

  private LakeReader(Pipeline pipeline, Lakes lakes, SqlEngine sql) {
    this.pipeline = pipeline;
    this.lakes = lakes;
    this.lake = lakes.of(pipeline.name());
    this.sql = sql;
  }

  /// @param embedded the home's own S3, if it runs
  /// @throws MillraceException `USAGE` when the pipeline has no table yet
  public static LakeReader open(Home home, Pipeline pipeline, Optional<S3Endpoint> embedded) {
    Lakes lakes = Lakes.open(home, embedded, InstantSource.system());
    try {
      if (!lakes.has(pipeline.name())) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "There are no tables of " + pipeline.name() + " in " + lakes.place() + " yet",
            "start with 'millrace demo', or name another home with --home");
      }
      return new LakeReader(pipeline, lakes, EngineParts.sqlEngine(home, lakes.files()));
    } catch (RuntimeException | Error e) {
      lakes.close();
      throw e;
    }
  }

  public Lake lake() {
    return lake;
  }

  /// The pipeline's dead letters; a replay needs a broker and is refused.
  public DeadLetters deadLetters() {
    return new DeadLetters(
        pipeline,
        lake,
        sql,
        _ -> {
          throw new MillraceException(
              ErrorCode.SERVICE,
              "A replay needs the broker, which is not open here",
              "run it with the services");
        },
        InstantSource.system());
  }

  /// Fields of no column that the newest Bronze rows of a feed hold.
  ///
  /// @param rows look at so many of them
  public Outcome.Suggestions suggestFields(Feed feed, int rows) {
    return new OfferFields(lake, sql).of(feed, rows);
  }

  /// A session in which every table stands as a view under its name with `_` for the dot; the
  /// caller closes it. All files of all tables are held for it.
  public SqlSession sqlWithViews() {
    return sqlWithViews(_ -> true);
  }

  /// As {@link #sqlWithViews()}, but of a lake elsewhere only the tables that the text names: their
  /// files are brought here.
  public SqlSession sqlWithViewsOf(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return sqlWithViews(view -> !lakes.isRemote() || lower.contains(view));
  }

  private SqlSession sqlWithViews(Predicate<String> wanted) {
    SqlSession session = sql.session();
    try {
      for (TableName name : lake.tables()) {
        String view = BuildTable.viewName(name);
        if (!wanted.test(view)) {
          continue;
        }
        LakeTable table = lake.find(name).orElseThrow();
        session.view(view + FILES, table.schema(), table.snapshot().files());
        session.query(view, "SELECT " + columns(table) + " FROM " + view + FILES);
      }
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private static String columns(LakeTable table) {
    return table.schema().columns().stream()
        .map(column -> '"' + column.name() + '"')
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    sql.close();
    lakes.close();
  }
}
