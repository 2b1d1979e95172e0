package dev.millrace.views.sample;

import static dev.millrace.views.sample.SamplePipeline.BRONZE;
import static dev.millrace.views.sample.SamplePipeline.NAME;
import static dev.millrace.views.sample.SamplePipeline.SILVER;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.JudgedData;
import dev.millrace.engine.quality.ReadSuite;
import dev.millrace.engine.quality.Severity;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.Suite;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.profile.Profile.ColumnProfile;
import dev.millrace.engine.quality.profile.Profile.Frequent;
import dev.millrace.engine.quality.profile.Profile.Proposal;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.engine.quality.quarantine.KeptRow;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.ReportSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What the made-up engine says about quality: always the same.
public final class SampleQuality {

  private static final long ROWS = 8_602_117;
  private static final String RANGE = "expect_column_values_to_be_between (value)";
  private static final String SPIKE = "expect_column_values_to_be_between (z_score)";

  private final boolean full;

  SampleQuality(boolean full) {
    this.full = full;
  }

  /// The table's suite as it stands in the pipeline's folder.
  public static SuiteSource suite(TableName table) {
    boolean bronze = table.equals(BRONZE);
    return new SuiteSource(
        bronze ? "quality/bronze.json" : "quality/silver.json",
        new Suite(
                bronze ? "building_sensors_bronze" : "building_sensors_silver",
                bronze ? bronze() : silver(),
                Map.of(),
                Map.of())
            .json());
  }

  /// Empty for what is work and no question.
  Optional<Outcome> of(QualityOrder order, Instant now) {
    QualityAnswer answer;
    switch (order) {
      case QualityOrder.Judge judge -> {
        if (judge.suite().isEmpty()) {
          return Optional.empty();
        }
        answer = new QualityAnswer.Judged(tried(judge.table(), judge.suite().get(), now), false);
      }
      case QualityOrder.Release _, QualityOrder.Discard _, QualityOrder.Reopen _ -> {
        return Optional.empty();
      }
      case QualityOrder.FindKept find -> answer = kept(find, now);
      case QualityOrder.AcceptSuite accept ->
          answer =
              new QualityAnswer.InForce(
                  accept.table(), Optional.of(accept.suite()), Optional.empty());
      case QualityOrder.RevertSuite revert ->
          answer =
              new QualityAnswer.InForce(
                  revert.table(), Optional.of(suite(revert.table())), Optional.empty());
      case QualityOrder.History _ ->
          answer = new QualityAnswer.Histories(List.of(history(BRONZE, now), history(SILVER, now)));
      case QualityOrder.ProfileTable p -> answer = new QualityAnswer.Profiled(profile(p.table()));
      case QualityOrder.MakeReport make -> {
        if (make.subject() instanceof ReportSubject.OfTable(TableName table)
            && !table.equals(BRONZE)
            && !table.equals(SILVER)) {
          return Optional.of(
              new Outcome.Failed(ErrorCode.USAGE, table + " was never judged", "judge it first"));
        }
        answer = new QualityAnswer.Reported(report(make.subject(), now));
      }
      case QualityOrder.ExportReport export ->
          answer = new QualityAnswer.Written(export.to(), 184_210);
    }
    return Optional.of(new Outcome.Quality("answered", answer));
  }

  private static ExpectationConfig expect(
      String type, String notes, Severity severity, Object... arguments) {
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      kwargs.put(arguments[i].toString(), arguments[i + 1]);
    }
    return new ExpectationConfig(
        type, kwargs, notes.isEmpty() ? Map.of() : Map.of("notes", notes), severity, 0);
  }

  private static ExpectationConfig filled(String column, String notes) {
    return expect(
        "expect_column_values_to_not_be_null", notes, Severity.CRITICAL, "column", column);
  }

  private static List<ExpectationConfig> bronze() {
    return List.of(
        expect(
            "expect_table_row_count_to_be_between",
            "There is something to judge",
            Severity.CRITICAL,
            "min_value",
            1),
        filled("sensor_id", "Every reading names its sensor"),
        filled("sensor_type", "Every reading names its kind"),
        filled("event_time", "Every reading has its time"),
        expect(
            "expect_column_values_to_not_be_null",
            "Under 1 % of the values are missing",
            Severity.WARNING,
            "column",
            "value",
            "mostly",
            0.99),
        expect(
            "expect_column_values_to_be_in_set",
            "Only kinds of sensors that the building has",
            Severity.CRITICAL,
            "column",
            "sensor_type",
            "value_set",
            List.of("temperature", "humidity", "pressure", "vibration")),
        expect(
            "expect_column_values_to_be_between",
            "Physical range in °C; anomalies are expected, a flood of them is not",
            Severity.WARNING,
            "column",
            "value",
            "min_value",
            -40,
            "max_value",
            85,
            "mostly",
            0.9,
            "row_condition",
            "col(\"sensor_type\")==\"temperature\""),
        expect(
            "expect_compound_columns_to_be_unique",
            "Each event of the topic stands here once",
            Severity.CRITICAL,
            "column_list",
            List.of("kafka_topic", "kafka_partition", "kafka_offset")));
  }

  private static List<ExpectationConfig> silver() {
    return List.of(
        expect(
            "expect_compound_columns_to_be_unique",
            "One row per reading",
            Severity.CRITICAL,
            "column_list",
            List.of("sensor_id", "event_time")),
        expect(
            "expect_column_to_exist",
            "Every reading was judged",
            Severity.CRITICAL,
            "column",
            "is_anomaly"),
        filled("is_anomaly", "The verdict is never left open"),
        expect(
            "expect_column_values_to_be_of_type",
            "The verdict is yes or no",
            Severity.CRITICAL,
            "column",
            "is_anomaly",
            "type_",
            "BOOLEAN"),
        expect(
            "expect_column_values_to_be_in_set",
            "Every anomaly says why",
            Severity.CRITICAL,
            "column",
            "anomaly_reason",
            "value_set",
            List.of("RANGE", "ZSCORE", "RANGE+ZSCORE")),
        expect(
            "expect_column_values_to_not_be_null",
            "No anomaly without a reason",
            Severity.CRITICAL,
            "column",
            "anomaly_reason",
            "row_condition",
            "col(\"is_anomaly\")==True"),
        expect(
            "expect_table_row_count_to_be_between",
            "Within 5 % of the Bronze rows it was built from",
            Severity.WARNING,
            "min_value",
            8_610_000,
            "max_value",
            9_070_000),
        expect(
            "expect_column_values_to_be_in_set",
            "Most readings are no anomaly",
            Severity.WARNING,
            "column",
            "is_anomaly",
            "value_set",
            List.of(false),
            "mostly",
            0.8),
        expect(
            "expect_column_values_to_be_between",
            "Values stay within what the sensors can measure",
            Severity.WARNING,
            "column",
            "value",
            "min_value",
            -40,
            "max_value",
            1_200,
            "mostly",
            0.999),
        expect(
            "expect_column_values_to_be_between",
            "Spikes are rare",
            Severity.INFO,
            "column",
            "z_score",
            "min_value",
            -8,
            "max_value",
            8,
            "mostly",
            0.99),
        filled("source_file", "Lineage: the Bronze file"),
        filled("processing_timestamp", "Lineage: when it was built"),
        filled("pipeline_version", "Lineage: by which definition"),
        filled("kafka_offset", "Lineage: the event in the topic"));
  }

  private static ExpectationResult result(ExpectationConfig config, boolean failing) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    boolean met = true;
    if (config.type().equals("expect_table_row_count_to_be_between")) {
      met = !failing;
      found.put("observed_value", failing ? ROWS : ROWS + 37_775);
    } else if (!config.type().equals("expect_column_to_exist")) {
      boolean value = failing && "value".equals(config.kwargs().get("column"));
      boolean spike = "z_score".equals(config.kwargs().get("column"));
      long amiss = value ? 12_904 : spike ? 1_204 : 0;
      met = !value;
      found.put("element_count", ROWS);
      found.put("unexpected_count", amiss);
      found.put("unexpected_percent", 100.0 * amiss / ROWS);
      if (value) {
        found.put(
            "partial_unexpected_counts",
            List.of(
                Map.of("value", 9_999.0, "count", 14),
                Map.of("value", -999.0, "count", 4),
                Map.of("value", 1_204.7, "count", 2)));
        found.put("unexpected_index_column_names", List.of("sensor_id", "event_time"));
        found.put(
            "partial_unexpected_index_list",
            List.of(
                Map.of("sensor_id", "PRS-0304-A", "event_time", "2026-03-20T13:58:04Z"),
                Map.of("sensor_id", "VIB-0102-A", "event_time", "2026-03-20T13:58:11Z")));
      }
    }
    return new ExpectationResult(met, config, found, Optional.empty());
  }

  private List<ExpectationResult> results(TableName table) {
    boolean silver = table.equals(SILVER);
    List<ExpectationResult> results = new ArrayList<>();
    (silver ? silver() : bronze()).forEach(config -> results.add(result(config, silver)));
    if (full && silver) {
      for (int i = 0; i < 60; i++) {
        results.add(
            result(
                filled(
                    "measurement_of_the_auxiliary_channel_number_" + i,
                    "The auxiliary channel number " + i + " of every gateway is told in full"),
                false));
      }
    }
    return results;
  }

  private static ValidationResult tried(TableName table, SuiteSource source, Instant now) {
    Suite suite = ReadSuite.of(source);
    return new ValidationResult(
        NAME,
        new JudgedData.Table(table, 412, Slice.WHOLE, ROWS),
        suite.name(),
        now,
        Map.of(),
        suite.expectations().stream().map(c -> result(c, false)).toList(),
        0,
        0);
  }

  private TableHistory history(TableName table, Instant now) {
    int count = full ? 200 : 36;
    int total = table.equals(SILVER) ? 14 : 8;
    List<TableHistory.Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int failing =
          !table.equals(SILVER)
              ? i % 17 == 9 ? 1 : 0
              : i == count - 1 ? 2 : i % 11 == 4 ? 3 : i % 5 == 2 ? 1 : 0;
      boolean blocking = failing == 3;
      points.add(
          new TableHistory.Point(
              now.minusSeconds(236 + (count - 1 - i) * 1_800L),
              table.equals(SILVER) ? "building_sensors_silver" : "building_sensors_bronze",
              412 - (count - 1 - i),
              i % 4 == 1 ? "new since version " + (411 - (count - 1 - i)) : "whole",
              Optional.of(4_820L - (count - 1 - i)),
              100.0 * (total - failing) / total,
              total - failing,
              total,
              blocking,
              blocking));
    }
    if (!table.equals(SILVER)) {
      return new TableHistory(table, points, List.of(), Optional.empty());
    }
    return new TableHistory(
        table,
        points,
        List.of(
            new TableHistory.Worst(RANGE, 11, count, now.minusSeconds(236), true),
            new TableHistory.Worst(
                "expect_table_row_count_to_be_between", 6, count, now.minusSeconds(236), true),
            new TableHistory.Worst(
                "expect_column_values_to_not_be_null (anomaly_reason) where"
                    + " col(\"is_anomaly\")==True",
                3,
                count,
                now.minusSeconds(14_636),
                false)),
        Optional.of(
            new TableHistory.Changes(
                now.minusSeconds(2_036),
                -7.1,
                List.of("expect_table_row_count_to_be_between"),
                List.of("expect_column_values_to_not_be_null (anomaly_reason)"),
                List.of(RANGE),
                List.of(SPIKE),
                List.of())));
  }

  private QualityReport report(ReportSubject subject, Instant now) {
    List<TableName> tables =
        subject instanceof ReportSubject.OfTable(TableName one)
            ? List.of(one)
            : List.of(SILVER, BRONZE);
    return new QualityReport(
        NAME,
        "Building sensors",
        subject,
        now,
        false,
        tables.stream().map(t -> tableReport(t, now)).toList());
  }

  private QualityReport.TableReport tableReport(TableName table, Instant now) {
    List<ExpectationResult> results = results(table);
    ValidationResult whole =
        new ValidationResult(
            NAME,
            new JudgedData.Table(table, 412, Slice.WHOLE, ROWS),
            table.equals(SILVER) ? "building_sensors_silver" : "building_sensors_bronze",
            now.minusSeconds(236),
            Map.of(),
            results,
            0,
            1_284);
    ValidationRecord record = whole.toRecord(Optional.of(4_820L));
    return new QualityReport.TableReport(
        record,
        results,
        history(table, now),
        Optional.of(
            new QualityReport.Lineage(
                412,
                now.minusSeconds(240),
                "MERGE",
                ROWS,
                58,
                268_900_000,
                Map.of("bronze.sensor_events", 8_142L),
                List.of("part-0199a4c2.zstd.parquet"),
                Optional.of(
                    new QualityReport.Run(4_820, "daily", "succeeded", now.minusSeconds(280))))),
        List.of(new QualityReport.Anomalies("temperature", "floor-3/zone-4", 88_000, 412)),
        counts(KeptFilter.openOf(table), now));
  }

  private long rows(KeptState state, int reason) {
    long k = full ? 40 : 1;
    return switch (state) {
      case OPEN -> new long[] {1_180, 60, 44}[reason] * k;
      case RELEASED -> new long[] {312, 0, 0}[reason];
      case DISCARDED -> new long[] {18, 6, 0}[reason];
      case MENDED -> new long[] {904, 0, 0}[reason];
    };
  }

  private List<KeptCount> counts(KeptFilter filter, Instant now) {
    List<KeptCount> counts = new ArrayList<>();
    if (filter.table().filter(t -> !t.equals(SILVER)).isPresent()) {
      return counts;
    }
    List<List<String>> reasons = List.of(List.of(RANGE), List.of(SPIKE), List.of(RANGE, SPIKE));
    for (KeptState state : KeptState.values()) {
      for (int r = 0; r < reasons.size(); r++) {
        List<String> why = reasons.get(r);
        boolean meant =
            (filter.states().isEmpty() || filter.states().contains(state))
                && filter.reason().map(asked -> holds(why, asked)).orElse(true);
        long rows = rows(state, r);
        if (meant && rows > 0) {
          counts.add(
              new KeptCount(
                  SILVER,
                  state,
                  reasons.get(r),
                  r == 2 ? Consequence.STOP_LOAD : Consequence.WARN,
                  filter.ids().isEmpty() ? rows : Math.min(rows, filter.ids().size()),
                  now.minusSeconds(90_000),
                  now.minusSeconds(236)));
          if (!filter.ids().isEmpty()) {
            return counts;
          }
        }
      }
    }
    return counts;
  }

  private static boolean holds(List<String> reasons, String asked) {
    return reasons.stream().anyMatch(one -> KeptFilter.whole(one).contains(asked));
  }

  private QualityAnswer kept(QualityOrder.FindKept find, Instant now) {
    KeptFilter filter = find.filter();
    int limit = find.limit();
    List<KeptCount> counts = counts(filter, now);
    List<KeptRow> rows = new ArrayList<>();
    Random random = new Random(7);
    for (KeptCount count : counts) {
      for (int i = 0; i < count.rows() && rows.size() < limit; i++) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Instant at = now.minusSeconds(300 + 13L * rows.size());
        values.put("sensor_id", "PRS-0%d0%d-A".formatted(1 + i % 4, 1 + i % 6));
        values.put("sensor_type", i % 3 == 0 ? "pressure" : "vibration");
        values.put("location", "floor-%d/zone-%d".formatted(1 + i % 4, 1 + i % 6));
        values.put("value", i % 3 == 0 ? 9_999.0 : -999 + Math.rint(random.nextGaussian() * 10));
        values.put("unit", i % 3 == 0 ? "hPa" : "mm/s");
        values.put("event_time", at);
        values.put("kafka_partition", i % 3);
        values.put("kafka_offset", 2_881_402L - 13L * i);
        values.put("z_score", Math.round(random.nextGaussian() * 900) / 100.0);
        values.put("is_anomaly", true);
        String id = "%s%04x".formatted(count.state().text().substring(0, 4), rows.size() + 0x3fa9);
        rows.add(
            new KeptRow(
                SILVER,
                filter.ids().stream().sorted().skip(i).findFirst().orElse(id),
                count.state(),
                count.reasons(),
                count.consequence(),
                "building_sensors_silver",
                412,
                at.plusSeconds(60),
                count.state() == KeptState.RELEASED
                    ? Optional.of("a new sensor with another unit")
                    : Optional.empty(),
                Optional.empty(),
                values));
      }
    }
    long meant = counts.stream().mapToLong(KeptCount::rows).sum();
    return new QualityAnswer.Kept(
        counts, rows, find.events() ? OptionalLong.of(meant + 9) : OptionalLong.empty());
  }

  private static ColumnProfile column(
      String name, ColumnType type, long distinct, String min, String max, boolean number) {
    return new ColumnProfile(
        name,
        type,
        0,
        distinct,
        Optional.of(min),
        Optional.of(max),
        number ? OptionalDouble.of(268.4) : OptionalDouble.empty(),
        number ? OptionalDouble.of(0.4) : OptionalDouble.empty(),
        number ? OptionalDouble.of(21.6) : OptionalDouble.empty(),
        number ? OptionalDouble.of(1_031.2) : OptionalDouble.empty(),
        type == ColumnType.STRING ? OptionalLong.of(8) : OptionalLong.empty(),
        type == ColumnType.STRING ? OptionalLong.of(11) : OptionalLong.empty(),
        List.of(new Frequent(min, ROWS / 4)));
  }

  private Profile profile(TableName table) {
    List<ColumnProfile> columns =
        List.of(
            column("sensor_id", ColumnType.STRING, 96, "HUM-0101-A", "VIB-0406-A", false),
            column("sensor_type", ColumnType.STRING, 4, "humidity", "vibration", false),
            column("value", ColumnType.DOUBLE, 5_204_118, "-999", "9999", true),
            column("unit", ColumnType.STRING, 4, "%", "°C", false),
            column("kafka_offset", ColumnType.BIGINT, ROWS, "0", "2881402", true));
    List<Proposal> proposals = new ArrayList<>();
    for (ColumnProfile c : columns) {
      proposals.add(
          new Proposal(
              expect(
                  "expect_column_values_to_be_of_type",
                  "",
                  Severity.CRITICAL,
                  "column",
                  c.name(),
                  "type_",
                  c.type().sqlName()),
              "the column is a " + c.type().sqlName()));
      proposals.add(new Proposal(filled(c.name(), ""), "0 of 8,602,117 rows are null (0.00 %)"));
    }
    proposals.add(
        new Proposal(
            expect(
                "expect_column_values_to_be_in_set",
                "",
                Severity.WARNING,
                "column",
                "unit",
                "value_set",
                List.of("°C", "%", "hPa", "mm/s")),
            "4 different values in 8,602,117 rows"));
    proposals.add(
        new Proposal(
            expect(
                "expect_column_values_to_be_between",
                "",
                Severity.WARNING,
                "column",
                "value",
                "min_value",
                0.4,
                "max_value",
                1_031.2,
                "mostly",
                0.98),
            "99 % of the values lie between 0.4 and 1,031.2"));
    proposals.add(
        new Proposal(
            expect(
                "expect_column_values_to_match_regex",
                "",
                Severity.WARNING,
                "column",
                "sensor_id",
                "regex",
                "^[A-Z]{3}-[0-9]{4}-[A-Z]$"),
            "all 96 different values have this shape"));
    if (full) {
      for (int i = 0; i < 400; i++) {
        proposals.add(
            new Proposal(
                filled("measurement_of_the_auxiliary_channel_number_" + i, ""),
                "0 of 344,084,680 rows are null (0.00 %)"));
      }
    }
    return new Profile(table.toString(), ROWS, columns, proposals);
  }
}
