package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/// How a table's schema stands in Parquet: columns in order, timestamps as INT64 µs UTC.
final class ParquetLayout {

  private ParquetLayout() {}

  static MessageType of(Schema schema) {
    List<Type> fields = new ArrayList<>();
    for (Column column : schema.columns()) {
      fields.add(field(column));
    }
    return new MessageType("row", fields);
  }

  private static Type field(Column column) {
    Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    PrimitiveTypeName primitive =
        switch (column.type()) {
          case STRING, BINARY -> PrimitiveTypeName.BINARY;
          case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
          case INT, DATE -> PrimitiveTypeName.INT32;
          case BIGINT, TIMESTAMP -> PrimitiveTypeName.INT64;
          case DOUBLE -> PrimitiveTypeName.DOUBLE;
        };
    Types.PrimitiveBuilder<? extends Type> builder = Types.primitive(primitive, repetition);
    switch (column.type()) {
      case STRING -> builder.as(LogicalTypeAnnotation.stringType());
      case TIMESTAMP -> builder.as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
      case DATE -> builder.as(LogicalTypeAnnotation.dateType());
      case BOOLEAN, INT, BIGINT, DOUBLE, BINARY -> {}
    }
    return builder.named(column.name());
  }
}
