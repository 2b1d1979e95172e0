package dev.millrace.engine.lake.delta;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Our column types and Delta's.
final class DeltaTypes {

  private DeltaTypes() {}

  static StructType struct(Schema schema) {
    StructType struct = new StructType();
    for (Column column : schema.columns()) {
      struct = struct.add(column.name(), type(column.type()), column.nullable());
    }
    return struct;
  }

  /// The schema of the columns, or empty when one has a type we have no name for.
  static Optional<Schema> schema(StructType struct) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : struct.fields()) {
      Optional<ColumnType> type = type(field.getDataType());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      columns.add(new Column(field.getName(), type.get(), field.isNullable()));
    }
    return Optional.of(new Schema(columns));
  }

  private static DataType type(ColumnType type) {
    return switch (type) {
      case STRING -> StringType.STRING;
      case BOOLEAN -> BooleanType.BOOLEAN;
      case INT -> IntegerType.INTEGER;
      case BIGINT -> LongType.LONG;
      case DOUBLE -> DoubleType.DOUBLE;
      case TIMESTAMP -> TimestampType.TIMESTAMP;
      case DATE -> DateType.DATE;
      case BINARY -> BinaryType.BINARY;
    };
  }

  private static Optional<ColumnType> type(DataType type) {
    for (ColumnType candidate : ColumnType.values()) {
      if (type(candidate).equals(type)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
