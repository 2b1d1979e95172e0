package dev.millrace.app.cli;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.assembly.LakeReader;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.transform.SqlSession;

/// One pipeline's lake, opened for reading without any service.
final class LakeSession implements AutoCloseable {

  private final Pipeline pipeline;
  private final LakeReader reader;

  private LakeSession(Pipeline pipeline, LakeReader reader) {
    this.pipeline = pipeline;
    this.reader = reader;
  }

  static LakeSession open(Millrace millrace, String pipelineName) {
    Home home = millrace.home();
    Pipeline pipeline = new Pipelines(home).find(pipelineName);
    return new LakeSession(pipeline, LakeReader.open(home, pipeline));
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

  /// Fields of no column that the newest Bronze rows of a feed hold.
  Outcome.Suggestions suggestFields(Feed feed, int rows) {
    return reader.suggestFields(feed, rows);
  }

  /// A session in which every table stands as a view; the caller closes it.
  SqlSession sqlWithViews() {
    return reader.sqlWithViews();
  }

  @Override
  public void close() {
    reader.close();
  }
}
