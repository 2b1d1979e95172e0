package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the feeds of a definition.
final class FeedReader {

  private static final Duration WATERMARK = Duration.ofMinutes(10);
  private static final Duration TRIGGER = Duration.ofSeconds(30);
  private static final int BATCH = 200_000;
  private static final int PARTITIONS = 3;
  private static final int MOST_EVENT_BYTES = 64 << 20;

  private FeedReader() {}

  static List<Feed> feeds(YamlMap map) {
    List<Feed> feeds = new ArrayList<>();
    Map<String, String> tables = new HashMap<>();
    Map<String, String> topics = new HashMap<>();
    for (YamlMap.Entry entry : map.entries()) {
      if (!Names.FEED.matcher(entry.key()).matches()) {
        entry.value().fault("is no name of a feed", "write " + Names.FEED_RULE);
        continue;
      }
      String twin = tables.putIfAbsent(entry.key().replace('-', '_'), entry.key());
      if (twin != null) {
        entry.value().fault("has the same Bronze table as " + twin, "name one of them otherwise");
      }
      entry.value().map().flatMap(body -> feed(entry.key(), body, topics)).ifPresent(feeds::add);
    }
    return feeds;
  }

  private static Optional<Feed> feed(String name, YamlMap body, Map<String, String> topics) {
    body.only("kafka", "schema", "roles", "watermark", "trigger", "batch", "max-event-bytes");
    Map<String, Optional<Column>> columns =
        body.required("schema", "{ id: string not null, … }")
            .flatMap(YamlValue::map)
            .map(FeedReader::columns)
            .orElse(Map.of());
    Optional<KafkaTopic> kafka =
        body.required("kafka", "{ topic: " + name + ", key: … }")
            .flatMap(YamlValue::map)
            .flatMap(m -> topic(m, name, columns, topics));
    Optional<Roles> roles =
        body.required("roles", "{ time: event_time }")
            .flatMap(YamlValue::map)
            .flatMap(m -> roles(m, columns));
    Duration watermark =
        body.optional("watermark")
            .flatMap(v -> v.duration(Duration.ZERO, Duration.ofDays(30)))
            .orElse(WATERMARK);
    Duration trigger =
        body.optional("trigger")
            .flatMap(v -> v.duration(Duration.ofMillis(100), Duration.ofHours(24)))
            .orElse(TRIGGER);
    int batch = body.optional("batch").flatMap(v -> v.whole(1, 10_000_000)).orElse(BATCH);
    int maxEventBytes =
        body.optional("max-event-bytes")
            .flatMap(v -> v.whole(1, MOST_EVENT_BYTES))
            .orElse(Feed.MAX_EVENT_BYTES);
    if (kafka.isEmpty() || roles.isEmpty()) {
      return Optional.empty();
    }
    Schema schema = new Schema(columns.values().stream().flatMap(Optional::stream).toList());
    return Optional.of(
        new Feed(name, kafka.get(), schema, roles.get(), watermark, trigger, batch, maxEventBytes));
  }

  /// By name; empty where the column is named and its type is faulty.
  private static Map<String, Optional<Column>> columns(YamlMap map) {
    Map<String, Optional<Column>> columns = new LinkedHashMap<>();
    for (YamlMap.Entry entry : map.entries()) {
      if (!Names.COLUMN.matcher(entry.key()).matches()) {
        entry.value().fault("is no name of a column", "write " + Names.COLUMN_RULE);
      } else if (Feed.adds(entry.key())) {
        entry.value().fault("is a column that Bronze adds itself", "name it otherwise");
      } else {
        columns.put(entry.key(), column(entry));
      }
    }
    return columns;
  }

  private static Optional<Column> column(YamlMap.Entry entry) {
    Optional<String> text = entry.value().text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] words = text.get().strip().toLowerCase(Locale.ROOT).split("\\s+", 2);
    Optional<ColumnType> type = ColumnType.named(words[0]);
    if (type.isEmpty()) {
      entry
          .value()
          .fault(
              "has the unknown type '" + words[0] + "'",
              Nearest.remedy(
                  words[0], Arrays.stream(ColumnType.values()).map(ColumnType::sqlName).toList()));
      return Optional.empty();
    }
    String rest = words.length == 1 ? "" : words[1].replaceAll("\\s+", " ");
    if (!rest.isEmpty() && !rest.equals("not null")) {
      entry
          .value()
          .fault(
              "is a " + words[0] + " with '" + rest + "'",
              "write `" + words[0] + "` or `" + words[0] + " not null`");
      return Optional.empty();
    }
    return Optional.of(new Column(entry.key(), type.get(), rest.isEmpty()));
  }

  private static Optional<KafkaTopic> topic(
      YamlMap map, String feed, Map<String, Optional<Column>> columns, Map<String, String> topics) {
    map.only("topic", "partitions", "key");
    Optional<YamlValue> topicValue = map.required("topic", feed);
    Optional<String> topic = topicValue.flatMap(v -> v.text(Names.TOPIC, Names.TOPIC_RULE));
    if (topic.isPresent()) {
      String other = topics.putIfAbsent(topic.get(), feed);
      if (other != null) {
        topicValue.orElseThrow().fault("is also the topic of " + other, "give each feed its own");
      }
    }
    int partitions = map.optional("partitions").flatMap(v -> v.whole(1, 1000)).orElse(PARTITIONS);
    Optional<String> key = map.required("key", "id").flatMap(v -> columnOf(v, columns));
    return topic.isPresent() && key.isPresent()
        ? Optional.of(new KafkaTopic(topic.get(), partitions, key.get()))
        : Optional.empty();
  }

  private static Optional<Roles> roles(YamlMap map, Map<String, Optional<Column>> columns) {
    map.only("entity", "kind", "place", "value", "unit", "time");
    Optional<String> time = map.required("time", "event_time").flatMap(v -> timeColumn(v, columns));
    Optional<String> value =
        map.optional("value")
            .flatMap(
                v ->
                    columnOf(v, columns)
                        .flatMap(
                            name ->
                                typed(
                                    v,
                                    name,
                                    columns,
                                    ColumnType.DOUBLE,
                                    ColumnType.INT,
                                    ColumnType.BIGINT)));
    Optional<String> entity = map.optional("entity").flatMap(v -> columnOf(v, columns));
    Optional<String> kind = textRole(map, "kind", columns);
    Optional<String> place = textRole(map, "place", columns);
    Optional<String> unit = textRole(map, "unit", columns);
    return time.map(t -> new Roles(entity, kind, place, value, unit, t));
  }

  private static Optional<String> textRole(
      YamlMap map, String role, Map<String, Optional<Column>> columns) {
    return map.optional(role)
        .flatMap(
            v -> columnOf(v, columns).flatMap(name -> typed(v, name, columns, ColumnType.STRING)));
  }

  private static Optional<String> timeColumn(
      YamlValue value, Map<String, Optional<Column>> columns) {
    Optional<String> name =
        columnOf(value, columns).flatMap(n -> typed(value, n, columns, ColumnType.TIMESTAMP));
    if (name.isPresent()
        && columns.getOrDefault(name.get(), Optional.empty()).map(Column::nullable).orElse(false)) {
      value.fault(
          "is " + name.get() + ", which may be null, and every event needs a time",
          "declare `" + name.get() + ": timestamp not null`");
    }
    return name;
  }

  private static Optional<String> columnOf(YamlValue value, Map<String, Optional<Column>> columns) {
    Optional<String> name = value.text();
    if (name.isPresent() && !columns.containsKey(name.get())) {
      value.fault(
          "is '" + name.get() + "', which is no column of the schema",
          Nearest.remedy(name.get(), columns.keySet()));
      return Optional.empty();
    }
    return name;
  }

  private static Optional<String> typed(
      YamlValue value, String name, Map<String, Optional<Column>> columns, ColumnType... wanted) {
    Optional<Column> column = columns.getOrDefault(name, Optional.empty());
    if (column.isPresent() && !List.of(wanted).contains(column.get().type())) {
      value.fault(
          "is " + name + ", a " + column.get().type().sqlName(),
          "name a column of type "
              + String.join(" or ", Arrays.stream(wanted).map(ColumnType::sqlName).toList()));
      return Optional.empty();
    }
    return Optional.of(name);
  }
}
