package dev.millrace.engine.quality.quarantine;

import java.util.ArrayList;
import java.util.List;

/// Events of one feed that rows in quarantine were made of, by their Kafka coordinates: topic,
/// partition and offset of each.
///
/// @param single of rows that stand each for its own event
/// @param repeated of rows that stand for a reading however often it was sent: its copies are meant
///   with it
record MeantEvents(List<List<Object>> single, List<List<Object>> repeated) {

  /// Of none yet; gathered by one thread.
  MeantEvents() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  void add(List<Object> coordinates, boolean withCopies) {
    (withCopies ? repeated : single).add(coordinates);
  }
}
