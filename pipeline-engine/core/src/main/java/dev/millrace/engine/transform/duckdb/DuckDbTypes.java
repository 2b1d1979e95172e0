package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// DuckDB's types, names and values beside ours.
final class DuckDbTypes {

  private DuckDbTypes() {}

  static String sqlType(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case BOOLEAN -> "BOOLEAN";
      case INT -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case TIMESTAMP -> "TIMESTAMPTZ";
      case DATE -> "DATE";
      case BINARY -> "BLOB";
    };
  }

  /// The type a table keeps a column of this DuckDB type in.
  static ColumnType columnType(String column, String duckDbType) {
    String base = duckDbType.startsWith("DECIMAL") ? "DECIMAL" : duckDbType;
    return switch (base) {
      case "VARCHAR", "JSON", "UUID", "\"NULL\"", "NULL" -> ColumnType.STRING;
      case "BOOLEAN" -> ColumnType.BOOLEAN;
      case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" -> ColumnType.INT;
      case "BIGINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT" -> ColumnType.BIGINT;
      case "FLOAT", "DOUBLE", "DECIMAL" -> ColumnType.DOUBLE;
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
          ColumnType.TIMESTAMP;
      case "DATE" -> ColumnType.DATE;
      case "BLOB" -> ColumnType.BINARY;
      default ->
          throw new MillraceException(
              ErrorCode.SQL,
              "Column " + column + " has type " + duckDbType + ", which no table can hold",
              "cast it to one of string, boolean, int, bigint, double, timestamp, date or binary");
    };
  }

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String cast(String expression, ColumnType type) {
    return "CAST(" + expression + " AS " + sqlType(type) + ")";
  }

  /// Each column under its own name, cast to its type.
  static String casts(List<Column> columns) {
    return columns.stream()
        .map(c -> cast(name(c.name()), c.type()) + " AS " + name(c.name()))
        .collect(Collectors.joining(", "));
  }

  static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case String s -> text(s);
      case Boolean b -> b.toString();
      case Integer i -> i.toString();
      case Long l -> l.toString();
      case Double d -> "CAST('" + d + "' AS DOUBLE)";
      default ->
          throw new IllegalArgumentException(
              "No literal for a " + value.getClass().getSimpleName());
    };
  }

  /// The value of a result as the port promises it.
  static @Nullable Object value(ResultSet results, int index) throws SQLException {
    return ours(results.getObject(index));
  }

  /// The value of a result with all its digits and parts: beside ours, BigInteger, BigDecimal, and
  /// List and Map of such values.
  static @Nullable Object exact(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case BigDecimal d -> d;
      case BigInteger i -> i;
      case Array array -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (Object item : (Object[]) array.getArray()) {
          items.add(exact(item));
        }
        yield items;
      }
      case DuckDBStruct struct -> exact(struct.getMap());
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : map.entrySet()) {
          fields.put(String.valueOf(field.getKey()), exact(field.getValue()));
        }
        yield fields;
      }
      default -> ours(value);
    };
  }

  private static @Nullable Object ours(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case String s -> s;
      case Boolean b -> b;
      case Integer i -> i;
      case Long l -> l;
      case Double d -> d;
      case LocalDate d -> d;
      case OffsetDateTime t -> t.toInstant();
      case Timestamp t -> t.toLocalDateTime().toInstant(ZoneOffset.UTC);
      case LocalDateTime t -> t.toInstant(ZoneOffset.UTC);
      case Instant t -> t;
      case Byte b -> b.intValue();
      case Short s -> s.intValue();
      case Float f -> f.doubleValue();
      case BigDecimal d -> d.doubleValue();
      case BigInteger i -> i.bitLength() < Long.SIZE ? (Object) i.longValue() : i.doubleValue();
      case byte[] bytes -> bytes;
      case Blob blob -> blob.getBytes(1, Math.toIntExact(blob.length()));
      default -> value.toString();
    };
  }
}
