package dev.millrace.engine.deadletter;

import dev.millrace.engine.ingest.ReplayTopic;
import dev.millrace.engine.pipeline.Feed;

/// Opens the topics that dead letters go back to.
public interface ReplayTopics {

  /// Opens the feed's topic and fences off whoever had it open; the caller closes it.
  ReplayTopic open(Feed feed);
}
