package dev.millrace.engine.warehouse.jdbc;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.warehouse.jdbc.Dialect.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// SQL that tells of a table's rows what two engines must agree upon.
///
/// A row's text is made of its values in forms that no engine words differently: a date is its
/// days, a timestamp its microseconds, a double two integers (how often 2^-20 goes into it, and the
/// rest in 2^-52), which multiplication by powers of two gives exactly. Doubles from 1e12 on are
/// taken in steps 2^40 times as coarse, and those from 1e24 on, infinities and NaN are all one. The
/// text's MD5, cut to 60 bits, is the row's digest.
///
/// @param words of the engine that runs it
/// @param schema the lake's
record Fingerprint(Words words, WarehouseTable table, Schema schema) {

  private static final String NULL = "'~'";

  /// Columns of numbers whose sums are told, in order: those that are no key.
  List<String> summed() {
    return schema.columns().stream()
        .filter(c -> !table.key().contains(c.name()))
        .filter(c -> isNumber(c.type()))
        .map(Column::name)
        .toList();
  }

  /// Rows of `partition, rows, checksum, sum...`, one for each partition.
  String byPartition(String from) {
    String sums =
        summed().stream()
            .map(
                name ->
                    ", sum(CASE WHEN abs(%1$s) < 1e100 THEN %1$s END)"
                        .formatted("CAST(" + quoted(name) + " AS float8)"))
            .collect(Collectors.joining());
    return """
    SELECT %s, count(*), CAST(sum(%s) AS varchar)%s
    FROM %s GROUP BY 1 ORDER BY 1
    """
        .formatted(partition(), digest(), sums, from);
  }

  /// Rows of `digest, key...`, the key's values in the row's own forms.
  ///
  /// @param where a condition, or empty for all rows
  String rows(String from, Optional<String> where) {
    return "SELECT %s, %s FROM %s%s"
        .formatted(
            digest(),
            table.key().stream().map(name -> form(name)).collect(Collectors.joining(", ")),
            from,
            where.map(condition -> " WHERE " + condition).orElse(""));
  }

  /// Rows of `partition, rows`.
  String counts(String from) {
    return "SELECT %s, count(*) FROM %s GROUP BY 1 ORDER BY 1".formatted(partition(), from);
  }

  /// The date a row's partition is of, as text.
  private String partition() {
    return Sources.partition(table)
        .map(name -> "CAST(" + quoted(name) + " AS varchar)")
        .orElse("CAST(NULL AS varchar)");
  }

  private String digest() {
    List<String> forms = new ArrayList<>();
    schema.columns().forEach(c -> forms.add(form(c.name())));
    return words.digest(String.join(" || '|' || ", forms));
  }

  private String form(String name) {
    ColumnType type = schema.column(name).orElseThrow().type();
    String column = quoted(name);
    return switch (type) {
      case STRING -> "coalesce(" + column + ", " + NULL + ")";
      case BOOLEAN ->
          "CASE WHEN %1$s THEN 't' WHEN NOT %1$s THEN 'f' ELSE %2$s END".formatted(column, NULL);
      case INT, BIGINT -> "coalesce(CAST(" + column + " AS varchar), " + NULL + ")";
      case DATE -> "coalesce(CAST(" + words.days(column) + " AS varchar), " + NULL + ")";
      case TIMESTAMP -> "coalesce(CAST(" + words.micros(column) + " AS varchar), " + NULL + ")";
      case BINARY -> "coalesce(" + words.hex(column) + ", " + NULL + ")";
      case DOUBLE ->
          """
          CASE WHEN %1$s IS NULL THEN %2$s WHEN abs(%1$s) < 1e12 THEN %3$s \
          WHEN abs(%1$s) < 1e24 THEN 'k' || %4$s ELSE 'g' END"""
              .formatted(
                  column, NULL, steps(column + " * 1048576e0"), steps(column + " / 1048576e0"));
    };
  }

  private static String steps(String scaled) {
    return """
    CAST(CAST(floor(%1$s) AS bigint) AS varchar) || ':' || \
    CAST(CAST(floor((%1$s - floor(%1$s)) * 4294967296e0) AS bigint) AS varchar)"""
        .formatted(scaled);
  }

  private static boolean isNumber(ColumnType type) {
    return switch (type) {
      case INT, BIGINT, DOUBLE -> true;
      case STRING, BOOLEAN, TIMESTAMP, DATE, BINARY -> false;
    };
  }
}
