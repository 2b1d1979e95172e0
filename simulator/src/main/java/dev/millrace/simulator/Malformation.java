package dev.millrace.simulator;

/// How an event goes wrong on its way.
public enum Malformation {
  /// Cut off in the middle.
  TRUNCATED,
  /// Words where a number belongs.
  WRONG_TYPE,
  /// A field that may not miss is not there.
  MISSING_FIELD,
  /// A time that no clock shows.
  BAD_TIME,
  /// Bytes that are no UTF-8.
  NOT_UTF8
}
