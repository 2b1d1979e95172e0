package dev.millrace.engine.warehouse.redshift;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.pipeline.WarehouseTable.Merge;
import dev.millrace.engine.pipeline.WarehouseTable.ReplacePartitions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Redshift's types for the lake's, and tables made of them.
///
/// A timestamp is one without time zone, in UTC: COPY of Parquet fills no other. Texts are as long
/// as the longest needs, in powers of two from 64 bytes on.
final class RedshiftTypes {

  /// The longest text a column takes, in bytes.
  static final int LONGEST = 65_535;

  private static final int SHORTEST = 64;
  private static final Pattern LENGTH = Pattern.compile("character varying\\((\\d+)\\)");

  private RedshiftTypes() {}

  /// As the catalog names it, without its length.
  static String catalog(ColumnType type) {
    return switch (type) {
      case STRING -> "character varying";
      case BOOLEAN -> "boolean";
      case INT -> "integer";
      case BIGINT -> "bigint";
      case DOUBLE -> "double precision";
      case TIMESTAMP -> "timestamp without time zone";
      case DATE -> "date";
      case BINARY -> "binary varying";
    };
  }

  /// A column's type without its length.
  static String base(String type) {
    return type.replaceFirst("\\(\\d+\\)$", "");
  }

  /// Bytes a text column takes, when its type tells.
  static OptionalInt length(String type) {
    Matcher matcher = LENGTH.matcher(type);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /// Bytes to declare for texts of up to so many.
  static int declaredLength(int bytes) {
    int length = SHORTEST;
    while (length < bytes) {
      length *= 2;
    }
    return Math.min(length, LONGEST);
  }

  static Map<String, String> columns(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT column_name, data_type, character_maximum_length
            FROM information_schema.columns
            WHERE table_schema = ? AND table_name = ?
            ORDER BY ordinal_position
            """)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, String> columns = new LinkedHashMap<>();
        while (rows.next()) {
          int length = rows.getInt(3);
          columns.put(
              rows.getString(1), rows.getString(2) + (length > 0 ? "(" + length + ")" : ""));
        }
        return columns;
      }
    }
  }

  /// A column with its encoding.
  ///
  /// @param leading whether it is the first to sort by, which is kept as it is so that blocks can
  ///   be skipped
  static String declared(Column column, Map<String, Integer> lengths, boolean leading) {
    String type =
        switch (column.type()) {
          case STRING ->
              "varchar(%d)".formatted(declaredLength(lengths.getOrDefault(column.name(), 256)));
          case BOOLEAN -> "boolean";
          case INT -> "integer";
          case BIGINT -> "bigint";
          case DOUBLE -> "double precision";
          case TIMESTAMP -> "timestamp";
          case DATE -> "date";
          case BINARY -> "varbyte";
        };
    String encoding =
        leading
            ? "RAW"
            : switch (column.type()) {
              case STRING, DOUBLE, BINARY -> "ZSTD";
              case INT, BIGINT, TIMESTAMP, DATE -> "AZ64";
              case BOOLEAN -> "RAW";
            };
    return quoted(column.name()) + " " + type + " ENCODE " + encoding;
  }

  /// Facts lie by their entity and are sorted by time; dimensions are small, and lie on every node.
  static String create(
      String name, WarehouseTable table, Schema schema, Map<String, Integer> lengths) {
    List<String> sorted = sorted(table, schema);
    String columns =
        schema.columns().stream()
            .map(
                c ->
                    declared(c, lengths, c.name().equals(sorted.getFirst()))
                        + (table.key().contains(c.name()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    return "CREATE TABLE %s (%s) %s COMPOUND SORTKEY (%s)"
        .formatted(name, columns, distribution(table, schema), quoted(sorted));
  }

  private static String distribution(WarehouseTable table, Schema schema) {
    return switch (table) {
      case Merge _ -> "DISTSTYLE ALL";
      case ReplacePartitions _ ->
          table.key().stream()
              .filter(k -> schema.column(k).orElseThrow().type() == ColumnType.STRING)
              .findFirst()
              .map(k -> "DISTSTYLE KEY DISTKEY (" + quoted(k) + ")")
              .orElse("DISTSTYLE EVEN");
    };
  }

  private static List<String> sorted(WarehouseTable table, Schema schema) {
    return switch (table) {
      case Merge merge -> merge.key();
      case ReplacePartitions replace -> {
        List<String> columns = new ArrayList<>(List.of(replace.partition()));
        Optional<String> time =
            replace.key().stream()
                .filter(k -> schema.column(k).orElseThrow().type() == ColumnType.TIMESTAMP)
                .findFirst();
        time.ifPresent(columns::add);
        yield columns;
      }
    };
  }
}
