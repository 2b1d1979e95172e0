package dev.millrace.simulator;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/// Reads how a column without a role is filled: `between: [0, 100]`, `one-of: [a, b]`, `uuid: true`
/// or `true-share: 0.5`.
final class ColumnSourceReader {

  private ColumnSourceReader() {}

  static Optional<ColumnSource> read(YamlValue value, Column column) {
    Optional<YamlMap> map = value.map();
    if (map.isEmpty()) {
      return Optional.empty();
    }
    map.get().only("between", "decimals", "one-of", "uuid", "true-share");
    Optional<ColumnSource> source =
        switch (column.type()) {
          case DOUBLE, INT, BIGINT -> between(map.get(), column.type());
          case STRING -> text(map.get());
          case BOOLEAN ->
              map.get()
                  .required("true-share", "0.5")
                  .flatMap(v -> v.number(0, 1, "a share from 0 to 1"))
                  .map(ColumnSource.Flag::new);
          case TIMESTAMP, DATE, BINARY -> {
            value.fault(
                "is a " + column.type().sqlName() + ", which cannot be made up",
                "leave the column out, or let it be nullable");
            yield Optional.empty();
          }
        };
    return source;
  }

  private static Optional<ColumnSource> between(YamlMap map, ColumnType type) {
    int decimals =
        map.optional("decimals")
            .flatMap(v -> v.whole(0, type == ColumnType.DOUBLE ? 9 : 0))
            .orElse(type == ColumnType.DOUBLE ? 2 : 0);
    return map.required("between", "[0, 100]")
        .flatMap(v -> ends(v, "[0, 100]"))
        .map(e -> new ColumnSource.Between(e[0], e[1], decimals));
  }

  /// Two numbers, the lower first.
  static Optional<double[]> ends(YamlValue value, String example) {
    Optional<List<YamlValue>> ends = value.list();
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    if (ends.get().size() != 2) {
      value.fault("has " + ends.get().size() + " values", "write for example " + example);
      return Optional.empty();
    }
    Optional<Double> low = ends.get().get(0).number(-1e12, 1e12, "a number");
    Optional<Double> high = ends.get().get(1).number(-1e12, 1e12, "a number");
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    if (low.get() > high.get()) {
      value.fault("has its higher end first", "write for example " + example);
      return Optional.empty();
    }
    return Optional.of(new double[] {low.get(), high.get()});
  }

  private static Optional<ColumnSource> text(YamlMap map) {
    Optional<YamlValue> uuid = map.optional("uuid");
    if (uuid.isPresent()) {
      return uuid.get().flag().map(_ -> new ColumnSource.RandomUuid());
    }
    Optional<YamlValue> oneOf = map.required("one-of", "[a, b]");
    List<String> texts =
        oneOf
            .map(
                v -> v.oneOrMany().stream().map(YamlValue::text).flatMap(Optional::stream).toList())
            .orElse(List.of());
    if (texts.isEmpty()) {
      oneOf
          .filter(v -> v.isList() && v.oneOrMany().isEmpty())
          .ifPresent(v -> v.fault("names no text", "write for example [a, b]"));
      return Optional.empty();
    }
    return Optional.of(new ColumnSource.OneOf(texts));
  }
}
