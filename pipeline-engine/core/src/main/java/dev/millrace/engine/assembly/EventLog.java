package dev.millrace.engine.assembly;

import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What happened lately, for people: the newest 500 events. Any thread may tell and read.
final class EventLog {

  private static final int KEPT = 500;

  private final InstantSource clock;
  private final Deque<LogEvent> events = new ArrayDeque<>();

  EventLog(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void tell(Severity severity, String part, String message) {
    events.addFirst(new LogEvent(clock.instant(), severity, part, message));
    if (events.size() > KEPT) {
      events.removeLast();
    }
  }

  /// Newest first.
  synchronized List<LogEvent> newest() {
    return List.copyOf(events);
  }
}
