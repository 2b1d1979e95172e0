package dev.millrace.app.cli;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.assembly.LakeReader;
import dev.millrace.engine.care.AskTables;
import dev.millrace.engine.care.TableCare;
import dev.millrace.engine.care.UnknownTable;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.quarantine.Quarantine;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.settings.LakeSettings;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.util.Optional;

/// One pipeline's lake, opened for reading without any service, unless it lies in one.
final class LakeSession implements AutoCloseable {

  private final Pipeline pipeline;
  private final Optional<ServicesHandle> services;
  private final LakeReader reader;

  private LakeSession(Pipeline pipeline, Optional<ServicesHandle> services, LakeReader reader) {
    this.pipeline = pipeline;
    this.services = services;
    this.reader = reader;
  }

  static LakeSession open(Millrace millrace, String pipelineName) {
    Home home = millrace.home();
    Pipeline pipeline = new Pipelines(home).find(pipelineName);
    Optional<ServicesHandle> services = services(millrace, home);
    try {
      return new LakeSession(
          pipeline,
          services,
          LakeReader.open(home, pipeline, services.flatMap(s -> s.endpoints().s3())));
    } catch (RuntimeException | Error e) {
      services.ifPresent(ServicesHandle::close);
      throw e;
    }
  }

  /// The services, when the lake lies in the S3 that is one of them.
  private static Optional<ServicesHandle> services(Millrace millrace, Home home) {
    return HomeSettings.of(home).lake() instanceof LakeSettings.S3 s3
            && s3.server() instanceof LakeSettings.Server.Embedded
        ? Optional.of(EmbeddedServices.startOrAttach(home, new ProgressLines(millrace.output())))
        : Optional.empty();
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Lake lake() {
    return reader.lake();
  }

  /// The pipeline's dead letters, without a broker to replay them to.
  DeadLetters deadLetters() {
    return reader.deadLetters();
  }

  /// The table of this name.
  ///
  /// @throws MillraceException `USAGE` when there is none
  LakeTable table(String text) {
    TableName name = TableNames.parse(text);
    return lake().find(name).orElseThrow(() -> UnknownTable.of(name, lake()));
  }

  /// The care of the pipeline's tables, without what needs the services.
  TableCare care() {
    return reader.care();
  }

  /// A person's questions to the tables of all pipelines.
  ///
  /// @param at time of which tables are read that say nothing else
  AskTables questions(Optional<Instant> at) {
    return reader.questions(at);
  }

  /// A session in which every table that the text names stands as a view; the caller closes it.
  SqlSession sqlWithViewsOf(String text) {
    SqlSession session = reader.session();
    try {
      reader.queries(Optional.empty()).makeViews(text, session);
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /// Computes a derived table whole and replaces it, with the engine that runs its transforms.
  BuildOutcome rebuild(DerivedTable table, Optional<EngineKind> engine, Progress progress) {
    return reader.rebuild(table, engine, progress);
  }

  /// Rows of the pipeline's tables that failed an expectation.
  Quarantine quarantine() {
    return reader.quarantine();
  }

  /// What a table's columns look like, and the suite they suggest.
  Profile profile(TableName table, Slice slice) {
    return reader.profile(table, slice);
  }

  /// Fields of no column that the newest Bronze rows of a feed hold.
  Outcome.Suggestions suggestFields(Feed feed, int rows) {
    return reader.suggestFields(feed, rows);
  }

  @Override
  public void close() {
    reader.close();
    services.ifPresent(ServicesHandle::close);
  }
}
