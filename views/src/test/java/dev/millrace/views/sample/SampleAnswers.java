package dev.millrace.views.sample;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.care.CareFinding;
import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.care.CareReport;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// What the made-up engine answers to questions and previews: always the same.
final class SampleAnswers {

  private final boolean full;
  private final boolean empty;
  private final boolean failed;
  private final SampleLetters letters;
  private final SampleQuality quality;
  private final SampleWarehouse warehouse;

  SampleAnswers(SampleEngine.Case now) {
    this.full = now == SampleEngine.Case.OVERFULL;
    this.empty = now == SampleEngine.Case.EMPTY || now == SampleEngine.Case.FIRST_FLOW;
    this.failed = now == SampleEngine.Case.FAILED;
    this.letters = new SampleLetters(full ? 4_318 : empty ? 0 : 37);
    this.quality = new SampleQuality(full);
    this.warehouse = new SampleWarehouse(now);
  }

  /// Empty for commands that are work and no question.
  Optional<Outcome> of(Command command, List<TableStatus> tables, Instant now) {
    return switch (command) {
      case Command.Ask ask -> Optional.of(answer(ask.question(), tables, now));
      case Command.Quality q -> quality.of(q.order(), now);
      case Command.PreviewLoad _ -> Optional.of(warehouse.preview());
      case Command.Reconcile _ -> Optional.of(warehouse.reconcile());
      case Command.PreviewCare preview -> Optional.of(preview(preview.order()));
      case Command.FindLetters find -> Optional.of(letters.find(find.filter(), find.limit(), now));
      case Command.PreviewReplay replay -> {
        long sent =
            letters.find(replay.filter(), 1, now).groups().stream()
                .mapToLong(LetterGroup::letters)
                .sum();
        long events = replay.edit() instanceof Edit.Whole ? sent : sent / 3;
        DeadLetters.Preview preview = new DeadLetters.Preview(List.of(), sent, events, 0);
        yield Optional.of(new Outcome.ReplayPreview(sent + " letters would be sent", preview));
      }
      default -> Optional.empty();
    };
  }

  private Outcome answer(Question question, List<TableStatus> tables, Instant now) {
    return switch (question) {
      case Question.AboutTable q ->
          tables.stream()
              .filter(t -> t.table().equals(q.table()))
              .findFirst()
              .<Outcome>map(t -> answered(about(t, q)))
              .orElseGet(() -> new Outcome.Failed(ErrorCode.USAGE, "There is no such table", "-"));
      case Question.Rows q -> rows(q);
      case Question.Plan _ -> answered(new Answer.Plan(PLAN));
      case Question.Export q ->
          answered(new Answer.Written(q.to(), 1_440, 48_200, Duration.ofMillis(120)));
      case Question.Judge q -> answered(judge(new String(q.value(), StandardCharsets.UTF_8)));
      case Question.LetterTrend q -> answered(letters.trend(q));
      case Question.PastRuns q ->
          answered(
              new Answer.PastRuns(
                  SampleRuns.list(full ? Math.min(q.limit(), 10_000) : empty ? 0 : 24, now), full));
      case Question.Setup _ -> setup();
      case Question.WarehouseServer _ -> warehouse.server();
      case Question.Ledger q -> warehouse.ledger(q, now);
      case Question.WarehouseRows q -> warehouse.rows(q);
      case Question.WarehousePlan _ ->
          answered(new Answer.Plan("HashAggregate\n  ->  Seq Scan on millrace_ledger"));
      case Question.SaveRows q ->
          answered(new Answer.Written(q.to(), q.rows().size(), 210, Duration.ofMillis(9)));
      case Question.WarehouseExport q ->
          answered(new Answer.Written(q.to(), 4, 210, Duration.ofMillis(9)));
      case Question.TestConnection q ->
          answered(
              new Answer.Tested(
                  q.which(),
                  q.which() != Question.Connection.SPARK,
                  q.which() == Question.Connection.SPARK
                      ? "Spark Connect at localhost:15002 does not answer"
                      : "answers",
                  q.which() == Question.Connection.SPARK
                      ? "start the server, or leave the engine at duckdb"
                      : "",
                  Duration.ofMillis(12)));
    };
  }

  private Outcome setup() {
    if (failed) {
      return new Outcome.Failed(
          ErrorCode.DEFINITION,
          "settings.yaml line 3: lake.locatoin is no setting",
          "the nearest is lake.location");
    }
    if (!full) {
      return answered(new Answer.Setup(SETUP));
    }
    List<Answer.SettingValue> many = new ArrayList<>(SETUP);
    for (int i = 1; i <= 160; i++) {
      many.add(
          value(
              "Pipelines",
              "pipelines.building-%03d.feeds.sensor-events.trigger".formatted(i),
              "s3://acme-lake/buildings/europe/building-%03d/bronze, every 30 s".formatted(i),
              "pipeline",
              "How long events wait at most before they are committed to the lake of this"
                  + " building."));
    }
    return answered(new Answer.Setup(many));
  }

  private static Outcome answered(Answer answer) {
    return new Outcome.Answered("answered", answer);
  }

  private static Schema schema(TableName table) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.required("sensor_id", ColumnType.STRING));
    columns.add(Column.required("sensor_type", ColumnType.STRING));
    columns.add(Column.optional("location", ColumnType.STRING));
    if (table.layer() == Layer.GOLD) {
      columns.add(Column.required("window_start", ColumnType.TIMESTAMP));
      columns.add(Column.required("readings", ColumnType.BIGINT));
      columns.add(Column.optional("value_mean", ColumnType.DOUBLE));
      columns.add(Column.optional("value_min", ColumnType.DOUBLE));
      columns.add(Column.optional("value_max", ColumnType.DOUBLE));
      columns.add(Column.required("anomalies", ColumnType.BIGINT));
    } else {
      columns.add(Column.optional("value", ColumnType.DOUBLE));
      columns.add(Column.optional("unit", ColumnType.STRING));
      columns.add(Column.required("event_time", ColumnType.TIMESTAMP));
      columns.add(Column.required("ingestion_time", ColumnType.TIMESTAMP));
      columns.add(Column.required("kafka_topic", ColumnType.STRING));
      columns.add(Column.required("kafka_partition", ColumnType.INT));
      columns.add(Column.required("kafka_offset", ColumnType.BIGINT));
    }
    if (table.layer() == Layer.SILVER) {
      columns.add(Column.optional("z_score", ColumnType.DOUBLE));
      columns.add(Column.required("is_anomaly", ColumnType.BOOLEAN));
      columns.add(Column.optional("anomaly_reason", ColumnType.STRING));
      columns.add(Column.required("source_file", ColumnType.STRING));
      columns.add(Column.required("processing_timestamp", ColumnType.TIMESTAMP));
      columns.add(Column.required("pipeline_version", ColumnType.STRING));
    }
    columns.add(Column.required("event_date", ColumnType.DATE));
    return new Schema(columns);
  }

  private Answer.AboutTable about(TableStatus table, Question.AboutTable asked) {
    Schema schema = schema(table.table());
    Random random = new Random(table.table().toString().hashCode());
    Map<String, Answer.ColumnFacts> facts = new HashMap<>();
    for (Column column : schema.columns()) {
      facts.put(column.name(), facts(column, table.rows()));
    }
    List<Answer.Version> history = new ArrayList<>();
    for (long v = table.version(); v >= 0 && history.size() < asked.versions(); v--) {
      long i = table.version() - v;
      boolean optimize = i % 23 == 11;
      String operation =
          optimize
              ? "OPTIMIZE"
              : table.table().layer() == Layer.BRONZE || table.table().layer() == Layer.DEAD_LETTERS
                  ? "STREAM"
                  : "TRANSFORM";
      long rows = optimize ? 0 : 2_600 + random.nextInt(900);
      history.add(
          new Answer.Version(
              v,
              table.committedAt().minusSeconds(i * 31 + random.nextInt(4)),
              operation,
              "Millrace/0.1.0",
              Optional.of(
                  new Answer.Effect(
                      optimize ? 1 : 3,
                      optimize ? 21 : 0,
                      optimize ? 61_000 : rows,
                      optimize ? 61_000 : 0))));
    }
    List<Answer.DataFile> files = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    int count = table.files() * (full ? 20 : 1);
    for (int i = 0; i < count; i++) {
      double share = Math.exp(random.nextGaussian() * 0.9) / count / 1.5;
      long bytes = Math.max(2_400, (long) (table.bytes() * share));
      sizes.add(bytes);
      files.add(
          new Answer.DataFile(
              "part-0199%06x-7c1e-7%03x-b2a4-%012x.zstd.parquet"
                  .formatted(
                      random.nextInt(1 << 24),
                      random.nextInt(4096),
                      random.nextLong() & 0xffffffffffffL),
              Optional.of(LocalDate.of(2026, 3, 20).minusDays(i % 4)),
              Math.max(1, (long) (table.rows() * share)),
              bytes));
    }
    files.sort((a, b) -> Long.compare(b.bytes(), a.bytes()));
    sizes.sort(Long::compare);
    return new Answer.AboutTable(
        table.table(),
        table.version(),
        table.committedAt(),
        schema,
        Optional.of("event_date"),
        table.table().layer() == Layer.SILVER || table.table().layer() == Layer.GOLD
            ? List.of(
                "sensor_id", table.table().layer() == Layer.GOLD ? "window_start" : "event_time")
            : List.of(),
        Optional.of(Duration.ofDays(730)),
        facts,
        history,
        files.subList(0, Math.min(files.size(), asked.files())),
        sizes,
        table.table().layer() == Layer.BRONZE ? Map.of() : Map.of("bronze.sensor_events", 8_141L));
  }

  private static Answer.ColumnFacts facts(Column column, long rows) {
    String[] bounds =
        switch (column.name()) {
          case "sensor_id" -> new String[] {"HUM-0101-A", "VIB-0406-A"};
          case "sensor_type" -> new String[] {"humidity", "vibration"};
          case "location" -> new String[] {"floor-1/zone-1", "floor-4/zone-6"};
          case "value", "value_mean", "value_min", "value_max" -> new String[] {"-3.118", "1043.2"};
          case "z_score" -> new String[] {"-5.92", "6.41"};
          case "unit" -> new String[] {"%", "°C"};
          case "readings" -> new String[] {"1", "62"};
          case "anomalies" -> new String[] {"0", "7"};
          case "kafka_partition" -> new String[] {"0", "2"};
          case "kafka_offset" -> new String[] {"0", "2881402"};
          case "kafka_topic" -> new String[] {"sensor-events", "sensor-events"};
          case "anomaly_reason" -> new String[] {"RANGE", "ZSCORE"};
          case "pipeline_version" -> new String[] {"1.0.0", "1.0.0"};
          case "event_date" -> new String[] {"2026-03-17", "2026-03-20"};
          case "source_file", "is_anomaly" -> new String[] {};
          default -> new String[] {"2026-03-17T14:02:11Z", "2026-03-20T14:14:02Z"};
        };
    long nulls =
        switch (column.name()) {
          case "anomaly_reason" -> rows - rows / 50;
          case "z_score" -> rows / 120;
          case "location" -> 14;
          default -> 0;
        };
    return new Answer.ColumnFacts(
        bounds.length == 0 ? Optional.empty() : Optional.of(bounds[0]),
        bounds.length == 0 ? Optional.empty() : Optional.of(bounds[1]),
        nulls);
  }

  private Outcome rows(Question.Rows asked) {
    String sql = asked.sql().toLowerCase(java.util.Locale.ROOT);
    if (sql.contains("valeu")) {
      return new Outcome.Failed(
          ErrorCode.SQL,
          "Binder Error: Referenced column \"valeu\" not found in FROM clause, line 2: avg(valeu)",
          "mend the SQL; nothing was changed");
    }
    List<List<Object>> rows = new ArrayList<>();
    if (sql.contains("group by")) {
      List<Answer.QueryColumn> columns =
          List.of(
              new Answer.QueryColumn("hour", "TIMESTAMP WITH TIME ZONE"),
              new Answer.QueryColumn("sensor_type", "VARCHAR"),
              new Answer.QueryColumn("readings", "BIGINT"),
              new Answer.QueryColumn("mean", "DOUBLE"),
              new Answer.QueryColumn("anomalies", "BIGINT"));
      List<String> kinds = List.of("humidity", "pressure", "temperature", "vibration");
      for (int hour = 0; hour < 24; hour++) {
        for (int k = 0; k < 4; k++) {
          double mean =
              new double[] {44, 1013, 21.5, 1.9}[k]
                  + Math.sin((hour + k * 3) / 4.0) * (k == 1 ? 1.5 : 2.4);
          rows.add(
              row(
                  Instant.parse("2026-03-19T15:00:00Z").plusSeconds(hour * 3600L),
                  kinds.get(k),
                  88_000L + (hour * 37 + k * 911) % 2_400,
                  Math.round(mean * 1000) / 1000.0,
                  (long) ((hour * 7 + k * 13) % 31)));
        }
      }
      return answered(new Answer.Rows(columns, rows, false, Duration.ofMillis(412)));
    }
    List<Answer.QueryColumn> columns = new ArrayList<>();
    Schema schema = schema(SamplePipeline.SILVER);
    for (Column column : schema.columns()) {
      columns.add(new Answer.QueryColumn(column.name(), column.type().name()));
    }
    Random random = new Random(4);
    for (int i = 0; i < Math.min(asked.limit(), full ? 10_000 : 200); i++) {
      boolean odd = i % 19 == 3;
      Map<String, Object> values = new LinkedHashMap<>();
      Instant at = SampleEngine.START.minusSeconds(i * 3L);
      values.put("sensor_id", "TMP-0%d0%d-A".formatted(1 + i % 4, 1 + i % 6));
      values.put("sensor_type", "temperature");
      values.put("location", "floor-%d/zone-%d".formatted(1 + i % 4, 1 + i % 6));
      values.put("value", Math.round((21.5 + random.nextGaussian()) * 1000) / 1000.0);
      values.put("unit", "°C");
      values.put("event_time", at);
      values.put("ingestion_time", at.plusMillis(840));
      values.put("kafka_topic", "sensor-events");
      values.put("kafka_partition", i % 3);
      values.put("kafka_offset", 2_881_402L - i);
      values.put("z_score", Math.round(random.nextGaussian() * 100) / 100.0);
      values.put("is_anomaly", odd);
      if (odd) {
        values.put("anomaly_reason", "ZSCORE");
      }
      values.put("source_file", "part-0199a4c2.zstd.parquet");
      values.put("processing_timestamp", at.plusSeconds(44));
      values.put("pipeline_version", "1.0.0");
      values.put("event_date", LocalDate.of(2026, 3, 20));
      Object[] row = schema.columns().stream().map(c -> values.get(c.name())).toArray();
      rows.add(row(row));
    }
    return answered(new Answer.Rows(columns, rows, true, Duration.ofMillis(187)));
  }

  @SuppressWarnings("NullAway") // Rows hold null where a column has no value.
  private static List<Object> row(Object... values) {
    return java.util.Collections.unmodifiableList(Arrays.asList(values));
  }

  private static Answer judge(String text) {
    if (text.isBlank()) {
      return new Answer.Judged(
          Optional.of(new Answer.EventFault("NOT_JSON", "the value is blank", 0)));
    }
    int place = text.indexOf("\"warm\"");
    if (place >= 0) {
      return new Answer.Judged(
          Optional.of(
              new Answer.EventFault(
                  "WRONG_TYPE", "value is a string, the column is a double", place)));
    }
    return text.strip().endsWith("}")
        ? new Answer.Judged(Optional.empty())
        : new Answer.Judged(
            Optional.of(
                new Answer.EventFault(
                    "NOT_JSON", "the text ends within an object", text.length())));
  }

  private static Outcome preview(CareOrder order) {
    Map<String, Long> counts = new LinkedHashMap<>();
    TableName table = SamplePipeline.BRONZE;
    switch (order) {
      case CareOrder.Optimize o -> {
        table = o.table();
        counts.put("files", 96L);
        counts.put("files to rewrite", 88L);
        counts.put("rows to rewrite", 1_204_118L);
        counts.put("bytes to rewrite", 142_800_000L);
        counts.put("files after, about", 10L);
      }
      case CareOrder.Vacuum v -> {
        table = v.table();
        counts.put("files to delete", 412L);
        counts.put("bytes to free", 918_400_000L);
        counts.put("versions no longer readable", 380L);
      }
      case CareOrder.Restore r -> {
        table = r.table();
        counts.put("files to take back", 12L);
        counts.put("files to take out", 20L);
        counts.put("rows before", 8_602_117L);
        counts.put("rows after", 8_541_902L);
      }
      default -> counts.put("rows", 0L);
    }
    return new Outcome.Cared(
        "88 of 96 files would be written anew, about 10 would be left",
        new CareReport(
            "88 of 96 files would be written anew, about 10 would be left",
            false,
            true,
            List.of(new CareFinding(table, 412, counts)),
            List.of("Readers keep the version they hold; nothing is deleted by it.")));
  }

  private static final List<Answer.SettingValue> SETUP =
      List.of(
          value("Home", "", "/home/ada/.millrace", "--home", "The folder that holds everything."),
          value(
              "Home",
              "",
              "/home/ada/.millrace/settings.yaml",
              "--home",
              "The file these settings are read from when Millrace starts."),
          value("Home", "", "/home/ada/.millrace/logs", "--home", "Log files."),
          value(
              "Lake",
              "lake.location",
              "s3://acme-lake/buildings",
              "settings.yaml",
              "Bucket and prefix the tables lie under."),
          value("Lake", "lake.region", "eu-central-1", "settings.yaml", "Region of the bucket."),
          value("Lake", "lake.endpoint", "Amazon S3", "default", "Server that speaks S3."),
          value("Lake", "lake.encryption", "bucket", "default", "How objects are encrypted there."),
          value("Lake", "lake.part_size", "16 MiB", "default", "Parts of an upload."),
          value("Lake", "lake.cache", "10 GiB", "default", "Most kept here for reading."),
          value("Lake", "lake.attempts", "8", "default", "Tries of one request."),
          value("Lake", "lake.timeout", "20 s", "default", "Longest silence of the server."),
          value(
              "Warehouse",
              "warehouse",
              "the home's own PostgreSQL",
              "default",
              "What the Gold tables are loaded into."),
          value("Engine", "engine", "duckdb", "pipeline", "What runs the SQL of transforms."),
          value(
              "Engine",
              "spark.connect",
              "sc://localhost:15002",
              "default",
              "Spark Connect server; tokens are not shown."),
          value(
              "Services",
              "",
              "127.0.0.1:34567",
              "services",
              "Kafka: the broker that events come through."),
          value(
              "Services",
              "",
              "jdbc:postgresql://127.0.0.1:45678/millrace as millrace",
              "services",
              "PostgreSQL: runs and quality results."),
          value(
              "Feed sensor-events", "kafka.topic", "sensor-events", "pipeline", "Topic read from."),
          value("Feed sensor-events", "watermark", "10 min", "pipeline", "How late is on time."),
          value("Feed sensor-events", "trigger", "30 s", "pipeline", "Time between two commits."));

  private static Answer.SettingValue value(
      String group, String key, String value, String origin, String meaning) {
    return new Answer.SettingValue(group, key, value, origin, meaning);
  }

  private static final String PLAN =
      """
      ┌───────────────────────────┐
      │          ORDER_BY         │
      │    ────────────────────   │
      │           hour            │
      └─────────────┬─────────────┘
      ┌─────────────┴─────────────┐
      │       HASH_GROUP_BY       │
      │    ────────────────────   │
      │    Groups: hour, type     │
      │        ~96 rows           │
      └─────────────┬─────────────┘
      ┌─────────────┴─────────────┐
      │        READ_PARQUET       │
      │    ────────────────────   │
      │     silver_readings       │
      │    58 files, 8.6 M rows   │
      └───────────────────────────┘\
      """;
}
