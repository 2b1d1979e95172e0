package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.care.AuditTrail;
import dev.millrace.engine.care.TableCare;
import dev.millrace.engine.care.TableQuery;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A pipeline's lake opened for looking, without broker or database. Any thread may call.
public final class LakeReader implements AutoCloseable {

  private final Home home;
  private final Pipeline pipeline;
  private final Lake lake;
  private final SqlEngine sql;

  private LakeReader(Home home, Pipeline pipeline, Lake lake, SqlEngine sql) {
    this.home = home;
    this.pipeline = pipeline;
    this.lake = lake;
    this.sql = sql;
  }

  /// @throws MillraceException `USAGE` when the home has no table of the pipeline yet
  public static LakeReader open(Home home, Pipeline pipeline) {
    if (!Files.isDirectory(home.lake(pipeline.name()))) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "There are no tables of " + pipeline.name() + " in " + home.root() + " yet",
          "start with 'millrace demo', or name another home with --home");
    }
    return new LakeReader(
        home, pipeline, lakeOf(home, pipeline.name()), EngineParts.sqlEngine(home));
  }

  public Lake lake() {
    return lake;
  }

  private static Lake lakeOf(Home home, String pipeline) {
    return new DeltaLake(home.lake(pipeline), EngineParts.ENGINE_INFO, InstantSource.system());
  }

  /// The care of the pipeline's tables. An erasure reaches the lake only; what else holds copies
  /// needs the services.
  public TableCare care() {
    return new TableCare(
        pipeline, lake, sql, new AuditTrail(home.audit()), InstantSource.system(), List.of());
  }

  /// Queries over the tables of all of the home's pipelines; this one's need no prefix.
  ///
  /// @param at time of which tables are read that say nothing else; empty for now
  public TableQuery queries(Optional<Instant> at) {
    Map<String, Supplier<Lake>> lakes = new TreeMap<>();
    Path folder = Objects.requireNonNull(home.lake(pipeline.name()).getParent());
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .forEach(name -> lakes.put(name, () -> lakeOf(home, name)));
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The lakes in " + folder + " cannot be listed: " + e.getMessage(),
          "make the folder readable",
          e);
    }
    lakes.put(pipeline.name(), () -> lake);
    return new TableQuery(lakes, pipeline.name(), at);
  }

  /// A session without views; the caller closes it.
  public SqlSession session() {
    return sql.session();
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

  @Override
  public void close() {
    sql.close();
  }
}
