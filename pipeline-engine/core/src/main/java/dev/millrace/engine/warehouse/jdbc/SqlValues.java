package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.warehouse.RowReader.QueryColumn;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// Values and types of a result, as the rest of the engine knows them. For one thread.
final class SqlValues {

  private final ResultSet rows;
  private final List<QueryColumn> columns;

  /// Timestamps without a time zone are UTC, whatever this machine's is.
  private final Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);

  SqlValues(ResultSet rows) throws SQLException {
    this.rows = rows;
    ResultSetMetaData told = rows.getMetaData();
    List<QueryColumn> named = new ArrayList<>();
    for (int i = 1; i <= told.getColumnCount(); i++) {
      named.add(new QueryColumn(told.getColumnLabel(i), type(told.getColumnTypeName(i))));
    }
    columns = List.copyOf(named);
  }

  List<QueryColumn> columns() {
    return columns;
  }

  /// Value of a column, from 0.
  @Nullable Object value(int column) throws SQLException {
    int place = column + 1;
    return switch (columns.get(column).type()) {
      case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> {
        Timestamp at = rows.getTimestamp(place, utc);
        yield at == null ? null : at.toInstant();
      }
      case "DATE" -> rows.getObject(place, LocalDate.class);
      case "BLOB" -> rows.getBytes(place);
      default -> known(rows.getObject(place));
    };
  }

  private static @Nullable Object known(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Integer number -> number;
      case Long number -> number;
      case Short number -> Integer.valueOf(number);
      case Double number -> number;
      case Float number -> Double.valueOf(number);
      case BigDecimal number -> number;
      default -> value.toString();
    };
  }

  private static String type(String name) {
    return switch (name) {
      case "int8" -> "BIGINT";
      case "int4", "int2" -> "INTEGER";
      case "float8", "float4" -> "DOUBLE";
      case "bool" -> "BOOLEAN";
      case "text", "varchar", "bpchar", "name" -> "VARCHAR";
      case "timestamptz" -> "TIMESTAMP WITH TIME ZONE";
      case "numeric" -> "DECIMAL";
      case "bytea", "varbyte" -> "BLOB";
      default -> name.toUpperCase(Locale.ROOT);
    };
  }
}
