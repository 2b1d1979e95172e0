package dev.millrace.views.warehouse;

import java.time.Instant;
import java.util.Optional;

/// What came of looking at the warehouse.
public sealed interface Looked<T> {

  /// Nobody looked yet.
  record NotYet<T>() implements Looked<T> {}

  /// The answer is under way.
  record Looking<T>() implements Looked<T> {}

  /// @param at when it was found
  /// @param moved whether lake or warehouse have moved since
  record Found<T>(T what, Instant at, boolean moved) implements Looked<T> {}

  record Refused<T>(String what, String remedy) implements Looked<T> {}

  /// Someone asked it to stop.
  record Stopped<T>() implements Looked<T> {}

  default Optional<T> found() {
    return this instanceof Found<T> found ? Optional.of(found.what()) : Optional.empty();
  }
}
