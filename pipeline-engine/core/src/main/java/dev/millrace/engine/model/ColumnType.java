package dev.millrace.engine.model;

import java.util.Locale;
import java.util.Optional;

/// Type of a column, named as Spark SQL names it in a pipeline definition.
///
/// A `TIMESTAMP` is an instant, held as microseconds since 1970-01-01T00:00:00Z; a `DATE` is days
/// since 1970-01-01 (UTC).
public enum ColumnType {
  STRING("string"),
  BOOLEAN("boolean"),
  INT("int"),
  BIGINT("bigint"),
  DOUBLE("double"),
  TIMESTAMP("timestamp"),
  DATE("date"),
  BINARY("binary");

  private final String sqlName;

  ColumnType(String sqlName) {
    this.sqlName = sqlName;
  }

  public String sqlName() {
    return sqlName;
  }

  /// The type with this Spark SQL name, upper or lower case; empty when there is none.
  public static Optional<ColumnType> named(String sqlName) {
    String wanted = sqlName.trim().toLowerCase(Locale.ROOT);
    for (ColumnType type : values()) {
      if (type.sqlName.equals(wanted)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
