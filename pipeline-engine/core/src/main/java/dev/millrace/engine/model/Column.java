package dev.millrace.engine.model;

/// Column of a table or of a feed.
///
/// @param name lower-case SQL name
/// @param nullable whether a row may leave it out
public record Column(String name, ColumnType type, boolean nullable) {

  public static Column required(String name, ColumnType type) {
    return new Column(name, type, false);
  }

  public static Column optional(String name, ColumnType type) {
    return new Column(name, type, true);
  }

  /// As written in a definition, for example `sensor_id: string not null`.
  @Override
  public String toString() {
    return name + ": " + type.sqlName() + (nullable ? "" : " not null");
  }
}
