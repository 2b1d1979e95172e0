package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.care.AskTables;
import dev.millrace.engine.care.AuditTrail;
import dev.millrace.engine.care.TableCare;
import dev.millrace.engine.care.TableQuery;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeListener;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.profile.ProfileTable;
import dev.millrace.engine.quality.quarantine.Quarantine;
import dev.millrace.engine.settings.EngineSettings;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A pipeline's lake opened for looking, without broker or database. Any thread may call.
public final class LakeReader implements AutoCloseable {

  private final Home home;
  private final Pipeline pipeline;
  private final Lakes lakes;
  private final Lake lake;
  private final SqlEngine sql;

  private LakeReader(Home home, Pipeline pipeline, Lakes lakes, SqlEngine sql) {
    this.home = home;
    this.pipeline = pipeline;
    this.lakes = lakes;
    this.lake = lakes.of(pipeline.name());
    this.sql = sql;
  }

  /// @param embedded the home's own S3, if it runs
  /// @throws MillraceException `USAGE` when the pipeline has no table yet
  public static LakeReader open(Home home, Pipeline pipeline, Optional<S3Endpoint> embedded) {
    Lakes lakes = Lakes.open(home, embedded, InstantSource.system(), _ -> LakeListener.NONE);
    try {
      if (!lakes.has(pipeline.name())) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "There are no tables of " + pipeline.name() + " in " + lakes.place() + " yet",
            "start with 'millrace demo', or name another home with --home");
      }
      return new LakeReader(home, pipeline, lakes, EngineParts.sqlEngine(home, lakes.files()));
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

  /// Rows of the pipeline's tables that failed an expectation.
  public Quarantine quarantine() {
    return new Quarantine(pipeline, lake, sql, InstantSource.system());
  }

  /// What a table's columns look like, and the suite they suggest.
  public Profile profile(TableName table, Slice slice) {
    return new ProfileTable().profile(pipeline, table, slice, lake, sql, Progress.NONE);
  }

  /// Fields of no column that the newest Bronze rows of a feed hold.
  ///
  /// @param rows look at so many of them
  public Outcome.Suggestions suggestFields(Feed feed, int rows) {
    return new OfferFields(lake, sql).of(feed, rows);
  }

  /// The care of the pipeline's tables. An erasure reaches the lake only; what else holds copies
  /// needs the services.
  public TableCare care() {
    return new TableCare(
        pipeline, lake, sql, new AuditTrail(home.audit()), InstantSource.system(), List.of());
  }

  /// Computes a Silver or Gold table whole from its sources and replaces it in one commit.
  ///
  /// @param engine what runs its SQL, where the command line says so
  /// @throws MillraceException as {@link BuildTable#build}, and `MACHINE` when Spark is meant and
  ///   its jars are not here
  public BuildOutcome rebuild(DerivedTable table, Optional<EngineKind> engine, Progress progress) {
    EngineSettings settings = HomeSettings.of(home).engine().or(engine);
    return switch (settings.engineOf(pipeline)) {
      case DUCKDB -> rebuild(table, sql, progress);
      case SPARK -> {
        ClusterFiles files = lakes.cluster(settings.spark().lake());
        files.removeLeft(InstantSource.system().instant());
        try (SqlEngine spark = SqlEngines.openSpark(settings.spark(), files)) {
          yield rebuild(table, spark, progress);
        }
      }
    };
  }

  private BuildOutcome rebuild(DerivedTable table, SqlEngine engine, Progress progress) {
    return new BuildTable()
        .rebuild(
            pipeline,
            table,
            lake,
            engine,
            InstantSource.system().instant(),
            "it was asked for",
            progress);
  }

  /// Queries over the tables of all of the home's pipelines; this one's need no prefix.
  ///
  /// @param at time of which tables are read that say nothing else; empty for now
  public TableQuery queries(Optional<Instant> at) {
    Map<String, Supplier<Lake>> all = new TreeMap<>();
    for (String name : new Pipelines(home).names()) {
      if (lakes.has(name)) {
        all.put(name, () -> lakes.of(name));
      }
    }
    all.put(pipeline.name(), () -> lake);
    return new TableQuery(all, pipeline.name(), at);
  }

  /// A person's questions to the tables of all of the home's pipelines.
  ///
  /// @param at time of which tables are read that say nothing else; empty for now
  public AskTables questions(Optional<Instant> at) {
    return new AskTables(queries(at), () -> EngineParts.confinedSqlEngine(home, lakes));
  }

  /// A session without views; the caller closes it.
  public SqlSession session() {
    return sql.session();
  }

  @Override
  public void close() {
    sql.close();
    lakes.close();
  }
}
