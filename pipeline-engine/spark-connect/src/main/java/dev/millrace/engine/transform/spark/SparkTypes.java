package dev.millrace.engine.transform.spark;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Spark's types, names and values beside ours.
final class SparkTypes {

  private SparkTypes() {}

  static StructType struct(Schema schema) {
    StructType struct = new StructType();
    for (Column column : schema.columns()) {
      struct = struct.add(column.name(), type(column.type()), true);
    }
    return struct;
  }

  private static DataType type(ColumnType type) {
    return switch (type) {
      case STRING -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case INT -> DataTypes.IntegerType;
      case BIGINT -> DataTypes.LongType;
      case DOUBLE -> DataTypes.DoubleType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case DATE -> DataTypes.DateType;
      case BINARY -> DataTypes.BinaryType;
    };
  }

  static String name(String column) {
    return '`' + column.replace("`", "``") + '`';
  }

  /// The column in the type a table keeps it in, under its own name.
  static String cast(Column column) {
    String name = name(column.name());
    return "CAST(" + name + " AS " + column.type().sqlName() + ") AS " + name;
  }

  /// The type a table keeps a column of this Spark type in.
  static ColumnType columnType(StructField field) {
    String type = field.dataType().typeName();
    String base = type.replaceFirst("\\(.*", "");
    return switch (base) {
      case "string", "char", "varchar", "void" -> ColumnType.STRING;
      case "boolean" -> ColumnType.BOOLEAN;
      case "byte", "tinyint", "short", "smallint", "integer", "int" -> ColumnType.INT;
      case "long", "bigint" -> ColumnType.BIGINT;
      case "float", "double", "decimal" -> ColumnType.DOUBLE;
      case "timestamp", "timestamp_ntz" -> ColumnType.TIMESTAMP;
      case "date" -> ColumnType.DATE;
      case "binary" -> ColumnType.BINARY;
      default ->
          throw new MillraceException(
              ErrorCode.SQL,
              "Column " + field.name() + " has type " + type + ", which no table can hold",
              "cast it to one of string, boolean, int, bigint, double, timestamp, date or binary");
    };
  }

  /// An expression that carries a column of a result here: instants and dates as numbers, so that
  /// no calendar or time zone of this process has a part in them.
  static String carried(String column, DataType type) {
    return switch (type.typeName().replaceFirst("\\(.*", "")) {
      case "timestamp" -> "unix_micros(" + column + ")";
      case "timestamp_ntz" -> "unix_micros(CAST(" + column + " AS timestamp))";
      case "date" -> "unix_date(" + column + ")";
      case "byte", "tinyint", "short", "smallint" -> "CAST(" + column + " AS int)";
      case "float", "decimal" -> "CAST(" + column + " AS double)";
      case "boolean", "integer", "int", "long", "bigint", "double", "string", "binary" -> column;
      default -> "CAST(" + column + " AS string)";
    };
  }

  /// The value of a result as the port promises it, from what {@link #carried} brought.
  static @Nullable Object value(@Nullable Object carried, DataType type) {
    return switch (carried) {
      case null -> null;
      case Long micros when type.typeName().startsWith("timestamp") ->
          Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      case Integer day when type.typeName().equals("date") -> LocalDate.ofEpochDay(day);
      default -> carried;
    };
  }

  /// A value of a literal row as Spark's row of this type holds it.
  static @Nullable Object literal(@Nullable Object value, Column column) {
    return switch (value) {
      case null -> null;
      case Object v when column.type() == ColumnType.STRING -> v.toString();
      case Boolean b when column.type() == ColumnType.BOOLEAN -> b;
      case Number n when column.type() == ColumnType.INT -> Math.toIntExact(n.longValue());
      case Number n when column.type() == ColumnType.BIGINT -> n.longValue();
      case Number n when column.type() == ColumnType.DOUBLE -> n.doubleValue();
      default ->
          throw new IllegalArgumentException(
              "No "
                  + column.type().sqlName()
                  + " from a "
                  + value.getClass().getSimpleName()
                  + " in "
                  + column.name());
    };
  }
}
