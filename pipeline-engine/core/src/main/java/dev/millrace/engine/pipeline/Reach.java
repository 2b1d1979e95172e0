package dev.millrace.engine.pipeline;

import java.time.Duration;

/// What of its source a row of a derived table can depend on: an author's promise about the SQL,
/// which lets a build take only what is new.
///
/// Rows of the source without the entity or the time that is named must give no row and change
/// none.
public sealed interface Reach {

  /// On anything; the table is built whole whenever its sources change.
  record Whole() implements Reach {}

  /// A row of an entity depends on that entity's source rows of the same time and on those since
  /// the time of the `rows`-th row of this table before it; where there are fewer before it, since
  /// the entity's first row of this table.
  ///
  /// @param entity column of the source and of this table
  /// @param time TIMESTAMP column of the source and of this table
  record Lookback(int rows, String entity, String time) implements Reach {}

  /// A row depends on the source rows of one window of time, windows being counted from
  /// 1970-01-01T00:00:00Z.
  ///
  /// @param size divides a day
  /// @param time TIMESTAMP column of the source
  /// @param start TIMESTAMP or DATE column of this table that holds where the row's window starts
  record Window(Duration size, String time, String start) implements Reach {}
}
