package dev.millrace.engine.history;

import dev.millrace.engine.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The way of one reading, from the event's bytes to the warehouse. A step it has not come to, or
/// that is gone, says why.
///
/// @param event the event as it was sent
/// @param bronze its row in Bronze
/// @param silver its row in Silver
/// @param window what its z-score was judged by; empty where Silver has none
/// @param gold rows of windows it went into
/// @param warehouse rows those were loaded as
public record ReadingTrace(
    String entity,
    Instant time,
    Event event,
    Step<Stored> bronze,
    Step<Stored> silver,
    Optional<ScoreWindow> window,
    List<Stored> gold,
    List<Loaded> warehouse) {

  public ReadingTrace {
    gold = List.copyOf(gold);
    warehouse = List.copyOf(warehouse);
  }

  /// A step of the way.
  public sealed interface Step<T> {}

  /// It is there.
  public record Here<T>(T what) implements Step<T> {}

  /// It is not there.
  ///
  /// @param why in a sentence for people
  public record Missing<T>(String why) implements Step<T> {}

  /// @param value its text as sent
  /// @param coordinates where in Kafka; empty when no table tells
  public record Event(Optional<Coordinates> coordinates, Step<String> value) {}

  /// Where an event lies in Kafka.
  public record Coordinates(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + " · partition " + partition + " · offset " + offset;
    }
  }

  /// A row of a lake table.
  ///
  /// @param file name of the data file, within the table's folder
  /// @param path the file's whole path in the lake as this process knows it
  /// @param since version from which on the file is part of the table; empty when the log no longer
  ///   tells
  public record Stored(
      TableName table, String file, String path, Optional<Since> since, List<Field> fields) {
    public Stored {
      fields = List.copyOf(fields);
    }
  }

  /// @param committedAt when the version was committed
  public record Since(long version, Instant committedAt) {}

  /// @param value as text; empty for null
  public record Field(String column, String value) {}

  /// The readings before it that its z-score was judged by.
  ///
  /// @param times event times of the readings before, the reading itself, and some after, in
  ///   microseconds, ascending; read only
  /// @param values beside `times`; read only
  /// @param at index of the reading itself
  /// @param mean of those before it; NaN where there are none
  /// @param deviation sample standard deviation of those before it; NaN where there are too few
  /// @param limit deviations from the mean from which a reading is an anomaly
  public record ScoreWindow(
      long[] times, double[] values, int at, double mean, double deviation, double limit) {}

  /// A row of a warehouse table.
  public record Loaded(String target, TableName from, Step<List<Field>> row) {}
}
