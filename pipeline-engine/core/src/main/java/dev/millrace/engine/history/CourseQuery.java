package dev.millrace.engine.history;

import java.time.Instant;
import java.util.List;

/// Which entities' courses over which span.
///
/// @param from first event time
/// @param to last event time
/// @param most points per entity at most, at least 2; more readings are reduced to the lowest and
///   highest of equal slots of time
public record CourseQuery(List<String> entities, Instant from, Instant to, int most) {

  public CourseQuery {
    entities = List.copyOf(entities);
    if (most < 2 || !from.isBefore(to)) {
      throw new IllegalArgumentException("no course from " + from + " to " + to + " in " + most);
    }
  }
}
