package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.JudgedData;
import dev.millrace.engine.quality.Severity;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.QualityReport.Anomalies;
import dev.millrace.engine.quality.report.QualityReport.Lineage;
import dev.millrace.engine.quality.report.QualityReport.Run;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A report of two tables with everything in it that a report can have.
public final class SampleReport {

  private static final Instant AT = Instant.parse("2026-03-01T06:00:00Z");

  private SampleReport() {}

  public static QualityReport ofADay() {
    return new QualityReport(
        "building-sensors",
        "Building sensors",
        new ReportSubject.OfDay(LocalDate.of(2026, 3, 1)),
        AT.plusSeconds(7200),
        true,
        List.of(table("silver.readings", 3), table("bronze.sensor_events", 0)));
  }

  public static TableReport table(String name, int failing) {
    TableName table = TableName.parse(name).orElseThrow();
    List<ValidationRecord> records = new ArrayList<>();
    for (int i = 14; i > 0; i--) {
      records.add(
          validation(table, i == 4 || i == 9 ? 1 : 0, 40 - i).toRecord(Optional.of(40L - i)));
    }
    ValidationResult last = validation(table, failing, 40);
    records.add(last.toRecord(Optional.of(40L)));
    return new TableReport(
        records.getLast(),
        last.results(),
        TableHistory.of(table, records.reversed()),
        Optional.of(
            new Lineage(
                40,
                AT.minusSeconds(300),
                "REBUILD",
                1_204_331,
                12,
                38_112_400,
                Map.of("bronze.sensor_events", 112L),
                List.of("part-000-5f0c1d.zstd.parquet", "part-001-77ab12.zstd.parquet"),
                Optional.of(new Run(40, "daily", "failed", AT.minusSeconds(900))))),
        failing == 0
            ? List.of()
            : List.of(
                new Anomalies("temperature", "floor-1/zone-a", 120_000, 4_120),
                new Anomalies("vibration", "floor-3/zone-b", 90_200, 1_200),
                new Anomalies("humidity", "floor-2/zone-ä", 100_400, 96),
                new Anomalies("pressure", "(none)", 51_000, 2)),
        failing == 0
            ? List.of()
            : List.of(
                new KeptCount(
                    table,
                    KeptState.OPEN,
                    List.of("expect_column_values_to_be_in_set (unit): one of °C, %, hPa, mm/s"),
                    Consequence.STOP_LOAD,
                    1_204,
                    AT,
                    AT),
                new KeptCount(
                    table,
                    KeptState.RELEASED,
                    List.of("expect_column_values_to_be_between (value)"),
                    Consequence.WARN,
                    12,
                    AT,
                    AT)));
  }

  /// Of one table with so many expectations more that are met, and as many that are not.
  public static QualityReport ofMany(int met, int failing) {
    TableReport table = table("silver.readings", 3);
    List<ExpectationResult> results = new ArrayList<>(table.results());
    for (int i = 0; i < met + failing; i++) {
      results.add(
          row(
              i < met,
              "expect_column_values_to_not_be_null",
              Map.of("column", "column_" + i),
              Map.of(),
              7,
              List.of("null")));
    }
    return new QualityReport(
        "building-sensors",
        "Building sensors",
        new ReportSubject.OfRun(40),
        AT.plusSeconds(7200),
        false,
        List.of(
            new TableReport(
                table.record(),
                results,
                table.history(),
                table.lineage(),
                table.anomalies(),
                table.kept())));
  }

  /// A table judged several times, oldest first.
  ///
  /// @param failing expectations that are not met each time
  static TableReport judgedOften(String name, int... failing) {
    TableReport once = table(name, failing[failing.length - 1]);
    List<ValidationRecord> records = new ArrayList<>();
    for (int i = 0; i < failing.length; i++) {
      records.add(
          validation(once.table(), failing[i], 41 - failing.length + i).toRecord(Optional.of(40L)));
    }
    return new TableReport(
        once.record(),
        once.results(),
        once.history(),
        once.lineage(),
        once.anomalies(),
        once.kept(),
        Judgings.of(records));
  }

  private static ValidationResult validation(TableName table, int failing, int version) {
    List<ExpectationResult> results = new ArrayList<>();
    results.add(
        row(
            failing < 1,
            "expect_column_values_to_be_in_set",
            Map.of("column", "unit", "value_set", List.of("°C", "%", "hPa", "mm/s")),
            Map.of(
                "notes", "Only units that the building's sensors have", "on_failure", "stop_load"),
            1_204,
            List.of("degF", "K <kelvin>", "n/a")));
    results.add(
        row(
            failing < 2,
            "expect_column_values_to_be_between",
            Map.of(
                "column",
                "value",
                "min_value",
                -40,
                "max_value",
                85,
                "mostly",
                0.99,
                "row_condition",
                "col(\"sensor_type\")==\"temperature\""),
            Map.of("notes", "Physical range in °C; anomalies are expected, a flood of them is not"),
            3_950,
            List.of(120.5, 99.0, -273.15)));
    results.add(
        new ExpectationResult(
            failing < 3,
            new ExpectationConfig(
                "expect_table_row_count_to_be_between",
                Map.of("min_value", 1_144_114, "max_value", 1_264_548),
                Map.of(),
                Severity.WARNING,
                0),
            Map.of("observed_value", failing < 3 ? 1_204_331L : 904_331L),
            Optional.empty()));
    for (String column : List.of("sensor_id", "event_time", "is_anomaly", "source_file")) {
      results.add(
          row(
              true,
              "expect_column_values_to_not_be_null",
              Map.of("column", column),
              Map.of(),
              0,
              List.of()));
    }
    return new ValidationResult(
        "building-sensors",
        new JudgedData.Table(table, version, Slice.WHOLE, 1_204_331),
        "building_sensors_" + table.layer().sqlName(),
        AT.minusSeconds((40L - version) * 86_400),
        Map.of(),
        results,
        12,
        1_204);
  }

  private static ExpectationResult row(
      boolean success,
      String type,
      Map<String, @Nullable Object> kwargs,
      Map<String, @Nullable Object> meta,
      long unexpected,
      List<Object> values) {
    Map<String, @Nullable Object> result = new java.util.LinkedHashMap<>();
    result.put("element_count", 1_204_331L);
    result.put("unexpected_count", success ? 0L : unexpected);
    result.put("unexpected_percent", success ? 0.0 : 100.0 * unexpected / 1_204_331);
    if (!success) {
      result.put(
          "partial_unexpected_counts",
          values.stream().map(v -> Map.of("value", v, "count", 3L)).toList());
      result.put("partial_unexpected_list", values);
      result.put("unexpected_index_column_names", List.of("sensor_id", "event_time"));
      List<Object> keys = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        keys.add(
            Map.of(
                "sensor_id",
                "temp-01" + (7 + i),
                "event_time",
                "2026-03-01T05:12:3%dZ".formatted(i)));
      }
      result.put("partial_unexpected_index_list", keys);
    }
    return new ExpectationResult(
        success,
        new ExpectationConfig(type, kwargs, meta, Severity.WARNING, 0),
        result,
        Optional.empty());
  }
}
